//! Names that other languages and databases use, or that the commands of other types suggest: `LADD`, `HDELETE`,
//! `COUNT`. A row per verb, a column per type.

use crate::engine::{Command, value::Type};

use super::type_of;

/// A verb's names, and the commands that do it to strings, lists, hashes, sets and sorted sets, the plainest first.
type Verb = (&'static [&'static str], [&'static [&'static str]; 5]);

const VERBS: &[Verb] = &[
    (
        &["add", "加", "添加", "加入", "增加"],
        [
            &["set", "incr", "incrby", "append"],
            &["rpush", "lpush", "linsert"],
            &["hset", "hincrby", "hincrbyfloat"],
            &["sadd"],
            &["zadd", "zincrby"],
        ],
    ),
    (
        &[
            "append",
            "create",
            "insert",
            "overwrite",
            "push",
            "put",
            "replace",
            "save",
            "set",
            "store",
            "write",
            "保存",
            "写",
            "写入",
            "压入",
            "存",
            "存入",
            "插入",
            "设置",
        ],
        [
            &["set", "setrange"],
            &["rpush", "lpush", "linsert", "lset", "lpushx", "rpushx"],
            &["hset"],
            &["sadd", "sinterstore", "sunionstore", "sdiffstore"],
            &[
                "zadd",
                "zinterstore",
                "zunionstore",
                "zdiffstore",
                "zrangestore",
            ],
        ],
    ),
    (
        &[
            "del", "delall", "delete", "drop", "erase", "rem", "remove", "unset", "删", "删除",
            "移除",
        ],
        [
            &["del", "getdel"],
            &["lrem", "ltrim"],
            &["hdel"],
            &["srem"],
            &[
                "zrem",
                "zremrangebyscore",
                "zremrangebyrank",
                "zremrangebylex",
            ],
        ],
    ),
    (
        &[
            "card", "count", "len", "length", "size", "个数", "长度", "计数",
        ],
        [
            &["strlen", "incr", "incrby"],
            &["llen", "lpos"],
            &["hlen", "hstrlen"],
            &["scard"],
            &["zcard", "zcount"],
        ],
    ),
    (
        &[
            "all", "getall", "items", "list", "members", "print", "read", "show", "values", "查看",
            "读", "读取",
        ],
        [
            &["get", "mget"],
            &["lrange", "lindex"],
            &["hgetall", "hvals", "hget", "hmget"],
            &["smembers"],
            &["zrange", "zrevrange"],
        ],
    ),
    (
        &["fetch", "get", "value", "取", "查", "获取"],
        [
            &["get", "mget"],
            &["lindex", "lrange"],
            &["hget", "hmget"],
            &["smembers"],
            &["zscore", "zmscore"],
        ],
    ),
    (
        &["inc", "incr", "incrby", "increase", "increment", "plus"],
        [
            &["incr", "incrby", "incrbyfloat"],
            &[],
            &["hincrby", "hincrbyfloat"],
            &[],
            &["zincrby"],
        ],
    ),
    (
        &[
            "dec",
            "decr",
            "decrby",
            "decrease",
            "decrement",
            "minus",
            "sub",
            "subtract",
            "减",
            "减少",
        ],
        [&["decr", "decrby"], &[], &["hincrby"], &[], &["zincrby"]],
    ),
    (
        &["take"],
        [
            &["decr", "decrby"],
            &["lpop", "rpop", "lmove"],
            &["hincrby"],
            &["spop"],
            &["zpopmin", "zpopmax"],
        ],
    ),
    (
        &["getmany", "getmulti", "multiget"],
        [&["mget"], &[], &["hmget"], &["smismember"], &["zmscore"]],
    ),
    (
        &["multiset", "setall", "setmany", "setmulti"],
        [&["mset", "msetnx"], &[], &["hset"], &[], &["zadd"]],
    ),
    (
        &["cut", "range", "slice", "substring"],
        [
            &["getrange", "setrange"],
            &["lrange", "ltrim"],
            &[],
            &[],
            &["zrange", "zrevrange", "zrangebyscore"],
        ],
    ),
    (
        &["at", "getat", "getindex", "index", "item"],
        [&["getrange"], &["lindex"], &[], &[], &["zrange", "zrank"]],
    ),
    (
        &["find", "indexof", "place", "pos", "position", "rank"],
        [&[], &["lpos"], &[], &[], &["zrank", "zrevrank"]],
    ),
    (
        &["contains", "exist", "exists", "has", "ismember", "存在"],
        [
            &["exists"],
            &["lpos"],
            &["hexists"],
            &["sismember", "smismember"],
            &["zscore"],
        ],
    ),
    (
        &["rand", "randfield", "randmember", "random"],
        [
            &["randomkey"],
            &[],
            &["hrandfield"],
            &["srandmember"],
            &["zrandmember"],
        ],
    ),
    (
        &["dequeue", "pop", "serve", "takeout", "取出", "弹出"],
        [
            &["getdel", "decrby", "decr"],
            &["lpop", "rpop", "lmpop", "blpop", "brpop", "blmpop", "lmove"],
            &[],
            &["spop"],
            &[
                "zpopmin", "zpopmax", "zmpop", "bzpopmin", "bzpopmax", "bzmpop",
            ],
        ],
    ),
    (&["fields", "names"], [&[], &[], &["hkeys"], &[], &[]]),
    (&["keep", "trim", "保留"], [&[], &["ltrim"], &[], &[], &[]]),
    (&["repeat", "say"], [&["echo"], &[], &[], &[], &[]]),
    (&["类型"], [&["type"], &[], &[], &[], &[]]),
    (
        &["deadline", "timeout", "到期", "过期"],
        [&["expire", "setex", "pexpire"], &[], &[], &[], &[]],
    ),
    (
        &["forever", "noexpire", "noexpiry", "unexpire"],
        [&["persist"], &[], &[], &[], &[]],
    ),
    (
        &["begin", "start", "transaction"],
        [&["multi"], &[], &[], &[], &[]],
    ),
    (
        &["commit", "execute", "run", "执行", "提交"],
        [&["exec"], &[], &[], &[], &[]],
    ),
    (
        &["abort", "cancel", "rollback"],
        [&["discard"], &[], &[], &[], &[]],
    ),
    (
        &["intercount"],
        [&[], &[], &[], &["sintercard"], &["zintercard"]],
    ),
];

/// Names that stand for one command, whatever is wanted.
const WHOLE_NAMES: &[(&[&str], &str)] = &[
    (&["hgetkeys"], "hkeys"),
    (&["hgetvals", "hgetvalues"], "hvals"),
    (&["lpoplpush", "lpoprpush", "rpoprpush"], "lmove"),
    (&["pset"], "psetex"),
    (
        &[
            "sort_readonly",
            "sort_read_only",
            "sortread",
            "sortreadonly",
        ],
        "sort_ro",
    ),
];

/// The command that a name means: one that is wanted, where the verb fits that, else the plainest of the type that its
/// first letter tells. A verb alone that fits nothing wanted means none: the plainest may be just the one that is not to be
/// taken.
pub(super) fn other_name(typed: &str, wanted: &[&'static Command]) -> Option<&'static str> {
    let named = WHOLE_NAMES.iter().find(|(names, _)| names.contains(&typed));
    if let Some((_, name)) = named {
        return Some(name);
    }
    let verb = |name: &str| VERBS.iter().find(|(names, _)| names.contains(&name));
    let is_wanted = |name: &&&str| wanted.iter().any(|row| row.name == **name);
    if let Some((_, all)) = verb(typed) {
        let kind = wanted.iter().find_map(|row| type_of(row.group));
        let own = kind.map_or(&[][..], |kind| all[column_of(kind)]);
        // Keys of every type are deleted by one command.
        let deletes = kind.is_none() && all[0].contains(&"del");
        let meant = own.iter().chain(all[0]).find(is_wanted).copied();
        return meant.or(deletes.then_some("del"));
    }
    let kind = type_of_letter(typed.chars().next()?)?;
    let (_, all) = verb(typed.get(1..)?)?;
    let own = all[column_of(kind)];
    let meant = own.iter().chain(all[0]).find(is_wanted);
    meant.or_else(|| own.first()).copied()
}

fn type_of_letter(letter: char) -> Option<Type> {
    match letter {
        'l' => Some(Type::List),
        'h' => Some(Type::Hash),
        's' => Some(Type::Set),
        'z' => Some(Type::SortedSet),
        _ => None,
    }
}

/// The column of a type in a table with one for each.
pub(super) fn column_of(kind: Type) -> usize {
    match kind {
        Type::String => 0,
        Type::List => 1,
        Type::Hash => 2,
        Type::Set => 3,
        Type::SortedSet => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::commands;

    #[test]
    fn every_name_in_the_table_is_a_command() {
        for name in VERBS
            .iter()
            .flat_map(|(_, all)| all.iter().copied().flatten())
        {
            assert!(commands::find(name.as_bytes()).is_some(), "{name}");
        }
    }

    #[test]
    fn a_name_means_a_wanted_command_or_the_plainest_of_its_type() {
        let meant = |typed: &str, wanted: &str| {
            let wanted = commands::find(wanted.as_bytes());
            other_name(typed, &wanted.into_iter().collect::<Vec<_>>())
        };
        for (typed, wanted, name) in [
            ("ladd", "lpush", Some("lpush")),
            ("ladd", "llen", Some("rpush")),
            ("hrem", "", Some("hdel")),
            ("add", "sadd", Some("sadd")),
            ("add", "zincrby", Some("zincrby")),
            ("add", "zrank", None),
            ("取出", "decrby", Some("decrby")),
            ("add", "", None),
            ("remove", "", Some("del")),
            ("remove", "zrem", Some("zrem")),
            ("delete", "del", Some("del")),
            ("count", "zcount", Some("zcount")),
            ("zposition", "zrevrank", Some("zrevrank")),
            ("zindex", "zrange", Some("zrange")),
            ("sset", "sadd", Some("sadd")),
            ("hindex", "hget", None),
            ("ünder", "", None),
        ] {
            assert_eq!(meant(typed, wanted), name, "{typed} {wanted}");
        }
    }
}
