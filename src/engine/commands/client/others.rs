//! CLIENT LIST, INFO and KILL: choosing connections, describing them and ending them.

use crate::engine::{Args, Bytes, Context, Error, Protocol, Reply, Result, Session, number};

pub(super) fn info(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    let line = describe(ctx, ctx.session);
    Ok(Reply::Verbatim(Bytes::from(line.into_bytes())))
}

pub(super) fn list(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (mut kind, mut ids) = (None, None);
    if args.len() == 2 && args.word("TYPE") {
        kind = Some(read_kind(args.next()?)?);
    } else if args.len() > 1 && args.word("ID") {
        let read = |id: &Bytes| {
            let id = number::parse_int(id).filter(|id| *id > 0);
            id.map(i64::unsigned_abs)
                .ok_or(Error::Fixed("ERR Invalid client ID"))
        };
        ids = Some(args.rest().iter().map(read).collect::<Result<Vec<u64>>>()?);
    }
    args.end()?;
    let fits = |session: &&Session| {
        kind.is_none_or(|kind| kind == kind_of(session))
            && ids.as_ref().is_none_or(|ids| ids.contains(&session.id))
    };
    let lines: String = everyone(ctx)
        .into_iter()
        .filter(fits)
        .map(|session| describe(ctx, session))
        .collect();
    Ok(Reply::Verbatim(Bytes::from(lines.into_bytes())))
}

/// All clients, in the order in which they came.
fn everyone<'a>(ctx: &'a Context<'_>) -> Vec<&'a Session> {
    let mut all = ctx.engine.others();
    let at = all.partition_point(|session| session.id < ctx.session.id);
    all.insert(at, ctx.session);
    all
}

/// What CLIENT LIST divides connections into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Normal,
    PubSub,
    /// Masters and replicas, of which there are none here.
    Other,
}

fn kind_of(session: &Session) -> Kind {
    if session.subscriptions.is_empty() {
        Kind::Normal
    } else {
        Kind::PubSub
    }
}

fn read_kind(word: &Bytes) -> Result<Kind> {
    match word.to_ascii_lowercase().as_slice() {
        b"normal" => Ok(Kind::Normal),
        b"pubsub" => Ok(Kind::PubSub),
        b"master" | b"replica" | b"slave" => Ok(Kind::Other),
        _ => Err(Error::composed(format!(
            "ERR Unknown client type '{}'",
            String::from_utf8_lossy(word)
        ))),
    }
}

/// A connection in the form of Redis 7.0. What only a server knows (descriptors, buffers) is told as 0.
fn describe(ctx: &Context<'_>, session: &Session) -> String {
    let seconds = |since: i64| (ctx.now() - since).max(0) / 1000;
    let (channels, patterns, shards) = session.subscriptions.counts();
    let queued = session
        .transaction
        .as_ref()
        .map_or(-1, |it| it.queue.len() as i64);
    let name = session.name.as_deref().unwrap_or_default();
    format!(
        "id={} addr={} laddr={} fd=0 name={} age={} idle={} flags={} db={} sub={channels} psub={patterns} \
         ssub={shards} multi={queued} qbuf=0 qbuf-free=0 argv-mem=0 multi-mem={} rbs=0 rbp=0 obl=0 oll=0 omem=0 \
         tot-mem={} events=r cmd={} user=default redir=-1 resp={}\n",
        session.id,
        session.origin.address,
        session.origin.local,
        String::from_utf8_lossy(name),
        seconds(session.since),
        seconds(session.active),
        flags(ctx, session),
        session.db,
        session.transaction.as_ref().map_or(0, |it| it.bytes),
        size_of::<Session>() + ctx.engine.kept_for(session),
        session.last,
        match session.protocol {
            Protocol::Resp2 => 2,
            Protocol::Resp3 => 3,
        },
    )
}

fn flags(ctx: &Context<'_>, session: &Session) -> String {
    let facts = [
        ('O', session.monitors),
        ('P', !session.subscriptions.is_empty()),
        ('x', session.transaction.is_some()),
        ('b', ctx.engine.is_waiting(session.id)),
        ('U', session.origin.address.contains('/')),
        ('e', session.no_evict),
    ];
    let flags: String = facts
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(flag, _)| *flag)
        .collect();
    if flags.is_empty() {
        "N".to_owned()
    } else {
        flags
    }
}

/// Which connections CLIENT KILL ends.
#[derive(Debug, Default)]
struct Filter {
    id: Option<u64>,
    kind: Option<Kind>,
    address: Option<Bytes>,
    local: Option<Bytes>,
    spare_self: bool,
}

impl Filter {
    fn fits(&self, session: &Session) -> bool {
        let same = |wanted: &Option<Bytes>, address: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.as_slice() == address.as_bytes())
        };
        self.id.is_none_or(|id| id == session.id)
            && self.kind.is_none_or(|kind| kind == kind_of(session))
            && same(&self.address, &session.origin.address)
            && same(&self.local, &session.origin.local)
    }
}

pub(super) fn kill(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let old_form = args.len() == 1;
    let filter = if old_form {
        Filter {
            address: Some(args.next()?.clone()),
            ..Filter::default()
        }
    } else {
        read_filter(&mut args)?
    };
    let killed: Vec<u64> = everyone(ctx)
        .into_iter()
        .filter(|session| filter.fits(session))
        .map(|session| session.id)
        .filter(|id| !filter.spare_self || *id != ctx.session.id)
        .collect();
    for id in &killed {
        if *id == ctx.session.id {
            ctx.close();
        } else {
            ctx.engine.kill(*id);
        }
    }
    match (old_form, killed.is_empty()) {
        (true, true) => Err(Error::Fixed("ERR No such client")),
        (true, false) => Ok(Reply::OK),
        (false, _) => Ok(Reply::count(killed.len())),
    }
}

fn read_filter(args: &mut Args<'_>) -> Result<Filter> {
    let mut filter = Filter {
        spare_self: true,
        ..Filter::default()
    };
    while !args.is_empty() {
        if args.len() < 2 {
            return Err(Error::Syntax);
        }
        if args.word("ID") {
            let id = number::parse_int(args.next()?).filter(|id| *id > 0);
            let id = id.ok_or(Error::Fixed("ERR client-id should be greater than 0"))?;
            filter.id = Some(id.unsigned_abs());
        } else if args.word("TYPE") {
            filter.kind = Some(read_kind(args.next()?)?);
        } else if args.word("ADDR") {
            filter.address = Some(args.next()?.clone());
        } else if args.word("LADDR") {
            filter.local = Some(args.next()?.clone());
        } else if args.word("USER") {
            let user = args.next()?;
            if user.as_slice() != b"default" {
                return Err(Error::composed(format!(
                    "ERR No such user '{}'",
                    String::from_utf8_lossy(user)
                )));
            }
        } else if args.word("SKIPME") {
            filter.spare_self = match args.next()?.to_ascii_lowercase().as_slice() {
                b"yes" => true,
                b"no" => false,
                _ => return Err(Error::Syntax),
            };
        } else {
            return Err(Error::Syntax);
        }
    }
    Ok(filter)
}
