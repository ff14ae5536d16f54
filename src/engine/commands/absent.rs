//! Commands that other Redis servers have and this engine lacks, so that nobody is told that XADD is a typo.
//!
//! The engine answers them by an error that says why. Whoever adds a command takes its name out of here; a test
//! watches.

/// A real command that this engine does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// Its name in lower case.
    pub name: &'static str,
    /// What it is about, as Redis' documentation divides its commands: `stream`, `geo`, `search`.
    pub group: &'static str,
}

/// The command with this name, in any case, when it is real and lacking here.
#[must_use]
pub fn absent(name: &[u8]) -> Option<Absent> {
    all().find(|absent| absent.name.as_bytes().eq_ignore_ascii_case(name))
}

impl Absent {
    /// Why it is not here, as the engine's error says it.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match (self.group, self.name) {
            ("server", "bgrewriteaof" | "bgsave" | "lastsave" | "save") => {
                "this server keeps nothing on disk"
            }
            ("server", "slowlog" | "latency") => "this server measures no times",
            ("server", "acl") => "this server has one user, see AUTH and CONFIG SET requirepass",
            ("server", "debug" | "lolwut") => "it is not part of this server",
            ("server", "module") => "this server has no modules",
            ("server", _) | ("generic", "migrate" | "wait" | "waitaof") => {
                "this server has no replicas"
            }
            ("scripting", _) if cfg!(not(feature = "scripting")) => {
                "this server was built without scripts"
            }
            ("scripting", _) => "this server has scripts (EVAL), but no functions",
            (_, "dump" | "restore") => "this server has no serialised form of values",
            _ => "this data type or command is not part of this server",
        }
    }
}

/// Every real command that is lacking here.
pub fn all() -> impl Iterator<Item = Absent> {
    GROUPS
        .iter()
        .flat_map(|(group, names)| names.split(' ').map(|name| Absent { name, group }))
}

/// Names by group: all of Redis 7.0, and the well-known ones of later versions and of the modules that became part of
/// Redis.
const GROUPS: &[(&str, &str)] = &[
    ("bitmap", "bitfield bitfield_ro"),
    (
        "bloom filter",
        "bf.add bf.card bf.exists bf.info bf.insert bf.madd bf.mexists bf.reserve",
    ),
    ("cluster", "asking cluster readonly readwrite"),
    (
        "count-min sketch",
        "cms.incrby cms.info cms.initbydim cms.initbyprob cms.merge cms.query",
    ),
    (
        "cuckoo filter",
        "cf.add cf.addnx cf.count cf.del cf.exists cf.info cf.insert cf.reserve",
    ),
    ("generic", "dump migrate restore wait waitaof"),
    (
        "geo",
        "geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore",
    ),
    (
        "hash",
        "hexpire hexpireat hexpiretime hgetdel hgetex hpersist hpexpire hpexpireat hpexpiretime hpttl hsetex httl",
    ),
    ("hyperloglog", "pfadd pfcount pfdebug pfmerge pfselftest"),
    (
        "json",
        "json.arrappend json.arrindex json.arrinsert json.arrlen json.arrpop json.arrtrim json.clear json.debug json.del json.forget json.get json.merge json.mget json.mset json.numincrby json.nummultby json.objkeys json.objlen json.resp json.set json.strappend json.strlen json.toggle json.type",
    ),
    ("scripting", "fcall fcall_ro function"),
    #[cfg(not(feature = "scripting"))]
    ("scripting", "eval eval_ro evalsha evalsha_ro script"),
    (
        "search",
        "ft._list ft.aggregate ft.aliasadd ft.aliasdel ft.aliasupdate ft.alter ft.create ft.cursor ft.dropindex ft.explain ft.info ft.profile ft.search ft.sugadd ft.sugget ft.suglen ft.tagvals",
    ),
    (
        "server",
        "acl bgrewriteaof bgsave debug failover lastsave latency lolwut module psync replconf replicaof restore-asking role save slaveof slowlog sync",
    ),
    (
        "stream",
        "xack xackdel xadd xautoclaim xclaim xdel xdelex xgroup xinfo xlen xpending xrange xread xreadgroup xrevrange xsetid xtrim",
    ),
    ("string", "delex digest msetex"),
    (
        "t-digest",
        "tdigest.add tdigest.cdf tdigest.create tdigest.info tdigest.max tdigest.merge tdigest.min tdigest.quantile tdigest.rank",
    ),
    (
        "time series",
        "ts.add ts.alter ts.create ts.createrule ts.decrby ts.del ts.get ts.incrby ts.info ts.madd ts.mget ts.mrange ts.queryindex ts.range ts.revrange",
    ),
    (
        "top-k",
        "topk.add topk.info topk.list topk.query topk.reserve",
    ),
    (
        "vector set",
        "vadd vcard vdim vemb vgetattr vinfo vlinks vrandmember vrem vsetattr vsim",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::commands;

    #[test]
    fn nothing_is_both_absent_and_present() {
        for absent in all() {
            let present = commands::all()
                .iter()
                .any(|row| row.words().0 == absent.name);
            assert!(!present, "{} is here: take it out of the list", absent.name);
        }
    }

    #[test]
    fn names_are_found_in_any_case() {
        let found = absent(b"XAdd").map(|absent| absent.group);
        assert_eq!(found, Some("stream"));
        assert_eq!(absent(b"GET"), None);
        assert_eq!(absent(b""), None);
    }
}
