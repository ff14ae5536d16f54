//! Scripts that mean no good, and those that only differ from run to run where they must not.

use proptest::prelude::*;

use crate::engine::{Bytes, Delivery, Engine, Options, Origin, Protocol, Reply};

fn words(words: &[&str]) -> Vec<Bytes> {
    words
        .iter()
        .map(|word| Bytes::from(word.as_bytes()))
        .collect()
}

struct World {
    engine: Engine,
    client: u64,
}

impl World {
    fn new() -> World {
        let mut engine = Engine::new(&Options::default());
        let client = engine.connect(Origin::default());
        World { engine, client }
    }

    fn run(&mut self, line: &[&str]) -> Reply {
        self.engine.execute(self.client, &words(line)).reply()
    }

    fn eval(&mut self, script: &str) -> Reply {
        self.run(&["EVAL", script, "0"])
    }

    /// The error that a script answers, without what follows its name.
    fn error(&mut self, script: &str) -> String {
        match self.eval(script) {
            Reply::Error(error) => {
                let text = error.to_string();
                text.split(" script: ")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            }
            other => panic!("{script} answers {other:?}"),
        }
    }
}

const LONG: &str = "ERR script stopped after 10000000 steps; what it has written stays";
const LARGE: &str = "ERR script stopped at 16 MB of memory; what it has written stays";

#[test]
fn a_script_without_end_is_stopped_and_what_it_wrote_stays() {
    let mut world = World::new();
    let script = "redis.call('SET', 'k', 'v') while true do end";
    assert_eq!(world.error(script), LONG);
    assert_eq!(world.run(&["GET", "k"]), Reply::bulk(&b"v"[..]));
    assert_eq!(world.eval("return 1"), Reply::Int(1));
}

#[test]
fn nothing_catches_the_end_of_the_budget() {
    let mut world = World::new();
    for script in [
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() while true do end end) end",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "while true do coroutine.wrap(function() end)() end",
        "local function f() return f() end return f()",
        "local function f() return pcall(f) end while true do f() end",
        "while true do redis.pcall('PING') end",
        "while true do ('x'):gsub('x', function() while true do end end) end",
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do pcall(function() return t[1] end) end",
        "for i = 1, 1e9 do local s = ('x'):rep(100000) .. i end",
        "local t = {} while true do table.insert(t, 1, 0) end",
        "return (('a'):rep(40)):find(('a-'):rep(40) .. 'b')",
        "return ('x'):rep(1e6):find(('x'):rep(1e5) .. 'y', 1, true) or ('x'):rep(3e5):find('.-.-.-y')",
        "local t = {} for i = 1, 4e5 do t[i] = i end while true do table.sort(t) end",
        "local t = {} for i = 1, 40 do t = {t, t} end return t",
        "for w in ('x'):rep(1e6):gmatch('.-y') do end",
    ] {
        assert_eq!(world.error(script), LONG, "{script}");
    }
}

#[test]
fn memory_has_an_end_too() {
    let mut world = World::new();
    for script in [
        "return ('x'):rep(1e9)",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 1e9 do t[i] = {i} end",
        "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end",
        "return table.concat({('x'):rep(7e6), ('x'):rep(7e6)})",
    ] {
        assert_eq!(world.error(script), LARGE, "{script}");
        assert_eq!(world.eval("return 1"), Reply::Int(1));
    }
    let caught = world.eval("return {pcall(function() return ('x'):rep(1e9) end)}");
    let expected = Reply::Array(vec![Reply::Nil, Reply::bulk(&b"not enough memory"[..])]);
    assert_eq!(caught, expected);
}

#[test]
fn what_is_copied_for_a_script_is_counted_before() {
    let mut world = World::new();
    let template = "return #string.gsub(string.rep('a', 100000), '.*', string.rep('%0', 100000))";
    assert_eq!(world.error(template), LARGE);
    let words = "local s = string.rep('a', 1000000) local t = {} for i = 1, 7000 do t[i] = s end \
                 return redis.call('RPUSH', 'k', unpack(t))";
    assert_eq!(world.error(words), LARGE);
    let set = "return string.find(string.rep('a', 300000), '[' .. string.rep('b', 300000) .. ']')";
    assert_eq!(world.error(set), LONG);
}

#[test]
fn deep_recursion_is_an_error_like_any_other() {
    let mut world = World::new();
    for script in [
        "local function f() return 1 + f() end return f()",
        "local function f() return pcall(f) end return f()",
        "local function f() return ('x'):gsub('x', f) end return f()",
        "local function f() return coroutine.wrap(f)() end return f()",
        "local function f() table.sort({1, 2, 3}, f) end return f()",
        "local t = {} setmetatable(t, {__index = function(_, k) return t[k] end}) return t.x",
        "local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) return tostring(t)",
        "local function f() return xpcall(f, f) end return f()",
        "local function f(e) error(e) end return {xpcall(f, f)}",
        "return ('a?'):rep(400):len() and ('a'):rep(400):find(('a?'):rep(400))",
    ] {
        drop(world.eval(script));
        assert_eq!(world.eval("return 1"), Reply::Int(1), "{script}");
    }
}

#[test]
fn a_table_within_itself_is_cut_off() {
    let mut world = World::new();
    let mut reply = world.eval("local t = {} t[1] = t return t");
    let mut depth = 0;
    while let Reply::Array(mut items) = reply {
        reply = items.pop().expect("one element");
        depth += 1;
    }
    assert_eq!(depth, 201);
    assert_eq!(
        reply,
        Reply::Error(crate::engine::Error::Fixed("ERR reached lua stack limit"))
    );
}

#[test]
fn no_script_leaves_a_trace_for_the_next() {
    let mut world = World::new();
    for script in [
        "table.foreach(string, function() end) rawset(table, 1, 1)",
        "string.format = nil",
        "for k, v in pairs(redis) do redis[k] = nil end",
        "getmetatable('').__index.rep = nil",
        "table.sort(math, 1)",
        "collectgarbage('stop')",
        "keep = redis.call",
        "cjson.null.x = 1",
    ] {
        drop(world.eval(script));
    }
    for (script, expected) in [
        ("return ('x'):rep(2) .. string.format('%d', 1)", "xx1"),
        (
            "return type(redis.call) .. type(redis.sha1hex)",
            "functionfunction",
        ),
        (
            "return tostring(rawget(table, 1)) .. tostring({}) .. tostring({})",
            "niltable: 0x000000000010table: 0x000000000020",
        ),
    ] {
        assert_eq!(
            world.eval(script),
            Reply::bulk(expected.as_bytes()),
            "{script}"
        );
    }
}

#[test]
fn a_fork_has_the_scripts_and_goes_its_own_way() {
    let mut world = World::new();
    let name = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db";
    drop(world.run(&["SCRIPT", "LOAD", "return 1"]));
    let mut fork = World {
        engine: world.engine.fork(),
        client: world.client,
    };
    let numbers = "return {math.random(1000), math.random(1000)}";
    assert_eq!(fork.run(&["EVALSHA", name, "0"]), Reply::Int(1));
    assert_eq!(fork.eval(numbers), world.eval(numbers));
    drop(fork.run(&["SCRIPT", "FLUSH"]));
    assert_eq!(world.run(&["EVALSHA", name, "0"]), Reply::Int(1));
}

#[test]
fn commands_of_scripts_are_seen_and_wake_who_waits() {
    let mut world = World::new();
    let watcher = world.engine.connect(Origin::default());
    drop(world.engine.execute(watcher, &words(&["MONITOR"])));
    let waiter = world.engine.connect(Origin::default());
    drop(world.engine.execute(waiter, &words(&["BLPOP", "l", "0"])));
    drop(world.engine.take_deliveries());
    drop(world.run(&["EVAL", "redis.call('SELECT', 1) redis.call('SET', 'k', 'v') redis.call('SELECT', 0) return redis.call('RPUSH', 'l', 'x')", "0"]));
    let (mut lines, mut answers) = (Vec::new(), Vec::new());
    for delivery in world.engine.take_deliveries() {
        match delivery {
            Delivery::Message {
                reply: Reply::Line(line),
                ..
            } => {
                let line = String::from_utf8_lossy(&line).into_owned();
                lines.push(
                    line.split_once(' ')
                        .map(|(_, rest)| rest.to_owned())
                        .unwrap_or_default(),
                );
            }
            Delivery::Answer { client, reply } => answers.push((client, reply)),
            _ => {}
        }
    }
    assert!(lines[0].starts_with("[0 ] \"EVAL\""), "{lines:?}");
    assert_eq!(lines[1], "[1 lua] \"SELECT\" \"1\"");
    assert_eq!(lines[2], "[1 lua] \"SET\" \"k\" \"v\"");
    assert_eq!(lines[4], "[0 lua] \"RPUSH\" \"l\" \"x\"");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].0, waiter);
}

#[test]
fn memory_of_the_keys_is_limited_in_scripts_too() {
    let mut world = World::new();
    drop(world.run(&["CONFIG", "SET", "maxmemory", "100kb"]));
    let short = "OOM command not allowed when used memory > 'maxmemory'.";
    // As in Redis, what has begun below the limit goes on; but not for ever.
    let script = "for i = 1, 1000 do redis.call('SET', i, ('x'):rep(1000)) end return 1";
    assert_eq!(world.eval(script), Reply::Int(1));
    let script = "redis.call('DEL', 'no') redis.call('SET', 'k', ('x'):rep(1e6)) \
                  for i = 1, 1000 do redis.call('COPY', 'k', 'copy' .. i) end";
    assert_eq!(world.error(script), short);
    assert!(world.engine.keyspace().used() < 70 << 20);
    assert_eq!(world.error("redis.call('SET', 'k', 'v')"), short);
}

#[test]
fn many_arguments_do_no_harm() {
    let mut world = World::new();
    let script = |n: usize| {
        format!(
            "local t = {{'RPUSH', 'l'}} for i = 1, {n} do t[#t + 1] = 'x' .. i end return redis.call(unpack(t))"
        )
    };
    assert_eq!(world.eval(&script(7000)), Reply::Int(7000));
    for n in [7500, 7800, 7900, 7950, 7980, 7990, 8000, 9000] {
        drop(world.eval(&script(n)));
        assert_eq!(world.eval("return 1"), Reply::Int(1), "{n}");
    }
    let deep = "local t = {} for i = 1, 8100 do t = {t} end return #cjson.encode(t)";
    assert!(world.error(deep).ends_with("excessive nesting (1001)"));
}

#[test]
fn resp3_shapes_reach_a_client_of_resp3() {
    let mut world = World::new();
    drop(world.run(&["HELLO", "3"]));
    let session = world.engine.session(world.client).expect("a client");
    assert_eq!(session.protocol, Protocol::Resp3);
    drop(world.run(&["HSET", "h", "f", "v"]));
    let map = Reply::Map(vec![(Reply::bulk(&b"f"[..]), Reply::bulk(&b"v"[..]))]);
    assert_eq!(
        world.eval("redis.setresp(3) return redis.call('HGETALL', 'h')"),
        map
    );
    assert_eq!(world.eval("return {double = 1.5}"), Reply::Double(1.5));
}

/// Pieces that scripts are made of, sensible or not.
const PIECES: [&str; 48] = [
    "return ",
    "local x = ",
    "x",
    "y",
    "{}",
    "{1,2,3}",
    "{a=1}",
    "nil",
    "true",
    "1",
    "-1",
    "1e300",
    "0/0",
    "'a'",
    "\"%d\"",
    "..",
    " + ",
    " == ",
    "#",
    "(",
    ")",
    "[1]",
    ".x",
    ":rep(3)",
    ":gsub('.', '%0%0')",
    ":find('(a')",
    "function() ",
    " end ",
    "if x then ",
    "else ",
    "while true do break end ",
    "for i = 1, 3 do ",
    "pcall(",
    "error(",
    "redis.call('SET', 'k', 1) ",
    "redis.call('GET', 'k')",
    "redis.pcall('INCR', 'k')",
    "redis.call(",
    "cjson.encode(",
    "cjson.decode('[1,{\"a\":null}]')",
    "setmetatable({}, {__index = _G})",
    "tostring(",
    "string.format('%s', ",
    "coroutine.wrap(",
    "KEYS",
    "unpack({1, 2}) ",
    "; ",
    "\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_script_harms_the_engine(pieces in prop::collection::vec(0..PIECES.len(), 1..12), flags in any::<bool>()) {
        let mut world = World::new();
        let script: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        let head = if flags { "#!lua\n" } else { "" };
        drop(world.eval(&format!("{head}{script}")));
        prop_assert_eq!(world.eval("return 1"), Reply::Int(1));
    }

    #[test]
    fn garbage_does_not_compile_and_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut world = World::new();
        let line = [words(&["EVAL"]), vec![Bytes::from(bytes)], words(&["0"])].concat();
        drop(world.engine.execute(world.client, &line));
        prop_assert_eq!(world.eval("return 1"), Reply::Int(1));
    }
}

#[test]
fn what_walks_through_long_texts_and_tables_is_charged_for() {
    let mut world = World::new();
    let text = "local s = ('a'):rep(3e6) .. 'b'";
    let table = "local t = {} for i = 1, 1e5 do t[i] = '' end";
    for script in [
        format!("{text} local p = ('a'):rep(1e6) .. 'c' while true do s:find(p, 1, true) end"),
        format!("{text} while true do s:find('b', 1, true) end"),
        format!("{text} while true do redis.sha1hex(s) end"),
        format!("{text} while true do redis.acl_check_cmd('get', s) end"),
        format!("{text} while true do redis.error_reply(s) end"),
        "local s = (' '):rep(1e6) while true do loadstring(s) end".to_owned(),
        format!("{table} while true do table.concat(t) end"),
        format!("{table} while true do table.maxn(t) end"),
        format!("{table} while true do table.foreach(t, redis.debug) end"),
    ] {
        assert_eq!(world.error(&script), LONG, "{script}");
    }
}

#[test]
fn scripts_of_eval_make_room_for_others_and_loaded_ones_stay() {
    let mut world = World::new();
    let text = |number: usize| format!("return {number} --{}", "x".repeat(1000));
    let exists = |world: &mut World, text: &str| {
        let name = super::sha1(text.as_bytes());
        world.run(&["SCRIPT", "EXISTS", &name]) == Reply::Array(vec![Reply::Int(1)])
    };
    world.eval(&text(0));
    world.run(&["SCRIPT", "LOAD", &text(1)]);
    world.eval(&text(2));
    world.run(&["SCRIPT", "LOAD", &text(2)]);
    for number in 3..2000 {
        assert_eq!(world.eval(&text(number)), Reply::Int(number as i64));
        assert!(world.engine.scripts.kept().1 <= super::TEXTS);
    }
    let kept = [0, 1, 2, 3, 1999].map(|number| exists(&mut world, &text(number)));
    assert_eq!(kept, [false, true, true, false, true]);
    let long = format!("return 1 --{}", "x".repeat(super::TEXTS));
    assert_eq!(world.eval(&long), Reply::Int(1));
    assert!(!exists(&mut world, &long) && exists(&mut world, &text(1999)));
}

#[test]
fn loaded_scripts_are_bounded_and_leave_eval_alone() {
    let mut world = World::new();
    let text = |number: usize| format!("return {number} --{}", "x".repeat(100_000));
    let load = |world: &mut World, number| world.run(&["SCRIPT", "LOAD", &text(number)]);
    let refused = (0..20).find(|number| matches!(load(&mut world, *number), Reply::Error(_)));
    assert_eq!(refused, Some(10));
    assert_eq!(world.eval(&text(100)), Reply::Int(100));
    world.run(&["SCRIPT", "FLUSH"]);
    assert!(matches!(load(&mut world, 10), Reply::Bulk(_)));
}
