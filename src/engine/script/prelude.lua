-- What a new Lua is made into, before the first script: the globals that Redis 7.0 gives, read-only, and no way
-- around the limits. Runs once, with the state's own globals; `host` are functions of the engine.
local host = ...

local error, getmetatable, next, pcall, rawget, rawset = error, getmetatable, next, pcall, rawget, rawset
local select, setmetatable, tostring, type, xpcall = select, setmetatable, tostring, type, xpcall
local caught, charge, check, readonly = host.caught, host.charge, host.check, host.readonly
local concat, insert, remove, sort = table.concat, table.insert, table.remove, table.sort
local create, resume, wrap = coroutine.create, coroutine.resume, coroutine.wrap
local READONLY = "Attempt to modify a readonly table"

-- Read-only tables are empty ones that find everything in another: `inside` leads from one to the other.
local inside = {}

local function protect(fields)
  local shown = setmetatable({}, { __index = fields, __newindex = readonly })
  inside[shown] = fields
  return shown
end

local function expect_table(name, ...)
  local kind = select('#', ...) == 0 and 'no value' or type((...))
  if kind ~= 'table' then
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. kind .. ")", 3)
  end
end

local function expect_function(name, f)
  if type(f) ~= 'function' then error("bad argument #1 to '" .. name .. "' (Lua function expected)", 3) end
end

local globals = {
  _VERSION = _VERSION, assert = assert, error = error, ipairs = ipairs, loadstring = host.loadstring,
  rawequal = rawequal, select = select, tonumber = tonumber, type = type, unpack = unpack,
  __redis__err__handler = function(e) return e end,
}

function globals.next(...)
  expect_table('next', ...)
  local t, key = ...
  return next(inside[t] or t, key)
end

function globals.pairs(...)
  expect_table('pairs', ...)
  local t = ...
  return next, inside[t] or t, nil
end

function globals.rawget(...)
  expect_table('rawget', ...)
  local t, key = ...
  return rawget(inside[t] or t, key)
end

function globals.rawset(...)
  expect_table('rawset', ...)
  local t, key, value = ...
  if inside[t] then error(READONLY, 0) end
  return rawset(t, key, value)
end

local string_meta = protect({ __index = protect(string) })

function globals.getmetatable(v)
  if type(v) == 'string' then return string_meta end
  if type(v) == 'table' and inside[v] then return nil end
  return getmetatable(v)
end

function globals.setmetatable(...)
  expect_table('setmetatable', ...)
  local t, meta = ...
  if inside[t] then error(READONLY, 0) end
  if meta ~= nil and type(meta) ~= 'table' then
    error("bad argument #2 to 'setmetatable' (nil or table expected)", 2)
  end
  return setmetatable(t, meta)
end

-- Addresses would differ from run to run, so things are numbered as they are shown.
local shown, shown_count = nil, 0

function globals.tostring(...)
  local v = ...
  local kind = type(v)
  if select('#', ...) == 0 then error("bad argument #1 to 'tostring' (value expected)", 2) end
  if v == host.null then return 'userdata: (nil)' end
  if kind == 'table' or kind == 'function' or kind == 'thread' then
    local meta = getmetatable(v)
    if not (meta and rawget(meta, '__tostring')) then
      if not shown[v] then
        shown_count = shown_count + 1
        shown[v] = ('%s: 0x%012x'):format(kind, shown_count * 16)
      end
      return shown[v]
    end
  end
  return tostring(v)
end

function globals.collectgarbage(option)
  return option == 'count' and 64 or 0
end

function globals.gcinfo()
  return 64
end

function globals.load(f, name)
  local parts = {}
  repeat
    local part = f()
    if part ~= nil and type(part) ~= 'string' then return nil, 'reader function must return a string' end
    parts[#parts + 1] = part
  until part == nil or part == ''
  return host.loadstring(concat(parts), name or '=(load)')
end

-- Whatever catches an error looks at it first: a script that has used up its budget ends, and errors of the engine
-- become what a script may see. Redis' pcall gives the text of an error that is a table.
local function settled(ok, ...)
  if ok then return true, ... end
  local e = caught((...))
  local text = type(e) == 'table' and e.err
  if type(text) == 'string' or type(text) == 'number' then return false, text end
  return false, e
end

function globals.pcall(...)
  if select('#', ...) == 0 then return false, 'attempt to call a boolean value' end
  return settled(pcall(...))
end

local function checked(ok, ...)
  if not ok then check() end
  return ok, ...
end

function globals.xpcall(f, handler)
  return checked(xpcall(f, function(e) return handler(caught(e)) end))
end

local function resumed(ok, ...)
  if ok then return true, ... end
  return false, caught((...))
end

globals.coroutine = {
  create = function(f)
    expect_function('create', f)
    charge(1000)
    return create(f)
  end,
  resume = function(...)
    if type((...)) ~= 'thread' then error("bad argument #1 to 'resume' (coroutine expected)", 2) end
    return resumed(resume(...))
  end,
  running = coroutine.running,
  status = coroutine.status,
  wrap = function(f)
    expect_function('wrap', f)
    charge(1000)
    return wrap(f)
  end,
  yield = coroutine.yield,
}

-- What takes time without a step of Lua's own is charged for.
function table.insert(t, ...)
  expect_table('insert', t)
  if inside[t] then error(READONLY, 0) end
  if select('#', ...) == 2 then charge(#t) end
  return insert(t, ...)
end

function table.remove(t, ...)
  expect_table('remove', t)
  if select('#', ...) == 1 then charge(#t) end
  return remove(t, ...)
end

function table.sort(t, ...)
  expect_table('sort', t)
  charge(#t * 8)
  return sort(t, ...)
end

local function expect_callback(name, ...)
  local kind = select('#', ...) < 2 and 'no value' or type((select(2, ...)))
  if kind ~= 'function' then
    error("bad argument #2 to '" .. name .. "' (function expected, got " .. kind .. ')', 3)
  end
end

-- These take their steps in Lua, where they are counted.
function table.maxn(...)
  expect_table('maxn', ...)
  local most = 0
  for key in next, (...) do
    if type(key) == 'number' and key > most then most = key end
  end
  return most
end

function table.foreach(...)
  expect_table('foreach', ...)
  local t, f = ...
  expect_callback('foreach', ...)
  for key, value in next, t do
    local found = f(key, value)
    if found ~= nil then return found end
  end
end

function table.foreachi(...)
  expect_table('foreachi', ...)
  local t, f = ...
  expect_callback('foreachi', ...)
  for at = 1, #t do
    local found = f(at, rawget(t, at))
    if found ~= nil then return found end
  end
end

math.random, math.randomseed = host.random, host.randomseed
string.dump = nil

globals.bit = protect(host.bit)
globals.cjson = protect(host.cjson)
globals.coroutine = protect(globals.coroutine)
globals.math = protect(math)
globals.redis = protect(host.redis)
globals.string = string_meta.__index
globals.table = protect(table)

setmetatable(globals, { __index = host.missing })
local environment = protect(globals)
globals._G = environment

-- Runs before each script.
local function prepare(keys, args)
  rawset(globals, 'KEYS', keys)
  rawset(globals, 'ARGV', args)
  shown, shown_count = setmetatable({}, { __mode = 'k' }), 0
  -- Lua's own functions write into the empty ones all the same.
  for t in next, inside do
    for key in next, t do rawset(t, key, nil) end
  end
end

local function run(script)
  return xpcall(script, host.failed)
end

return environment, prepare, run
