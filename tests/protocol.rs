//! Is it Redis' protocol to the byte? The same raw bytes go to `serve` and to redis-server, and the raw answers are
//! compared. Where there is no redis-server 7.0 this says so; CI sets `REDISCOVER_ORACLE`, and then it must be there.

#![cfg(unix)]
#![allow(clippy::print_stderr)]

mod serving;

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serving::{Client, PATIENCE, Serving, shown};

/// A redis-server of our own; it ends with this value.
struct Redis {
    child: Child,
    port: u16,
}

impl Redis {
    fn start() -> Option<Redis> {
        let version = Command::new("redis-server").arg("--version").output();
        let version = version.map_or_else(|_| Vec::new(), |output| output.stdout);
        if !String::from_utf8_lossy(&version).contains("v=7.0.") {
            assert!(
                std::env::var_os("REDISCOVER_ORACLE").is_none(),
                "redis-server 7.0 is not installed"
            );
            eprintln!("skipped: redis-server 7.0 is not installed");
            return None;
        }
        // A port that was free a moment ago.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("it is bound").port();
        drop(listener);
        let child = Command::new("redis-server")
            .args(["--save", "", "--appendonly", "no", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server starts");
        Some(Redis { child, port })
    }

    fn client(&self) -> Client<TcpStream> {
        for _ in 0..500 {
            if let Ok(stream) = TcpStream::connect(("127.0.0.1", self.port)) {
                stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
                return Client { stream };
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("redis-server does not listen");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Streams that differ by what they are, not by what they ask for.
fn streams() -> Vec<Vec<u8>> {
    let mut streams: Vec<Vec<u8>> = STREAMS.iter().map(|stream| stream.to_vec()).collect();
    let long = vec![b'1'; 65_537];
    streams.push(long.clone());
    streams.push([b"*".as_slice(), &long].concat());
    streams.push([b"*1\r\n$".as_slice(), &long].concat());
    // Every byte where an argument should begin, and as a command of its own.
    for byte in 0..=u8::MAX {
        streams.push([b"*1\r\n".as_slice(), &[byte], b"4\r\nPING\r\nPING\r\n"].concat());
        streams.push([&[byte], b"\r\nPING\r\n".as_slice()].concat());
    }
    streams
}

const STREAMS: &[&[u8]] = &[
    b"PING\r\n",
    b"PING\n",
    b"\r\n\r\nPING\r\n",
    b"PING\r\r\r\n",
    b"  PING  \r\n",
    b"*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n",
    b"*2\r\n$4\r\nECHO\r\n$0\r\n\r\n",
    b"*2\r\n$4\r\nECHO\r\n$5\r\na\r\nb\0\r\n",
    b"*1\rX$4\rXPINGXX*1\r\n$4\r\nPING\r\n",
    b"*0\r\n*-1\r\n*-10\r\nPING\r\n",
    b"*\r\n",
    b"*x\r\n",
    b"*+1\r\n",
    b"*01\r\n",
    b"*1 \r\n",
    b"*-0\r\n",
    b"*2147483647\r\n",
    b"*2147483648\r\n",
    b"*1000000000\r\n$4\r\nPING\r\n",
    b"*9223372036854775808\r\n",
    b"*1\r\n$\r\n",
    b"*1\r\n$-1\r\n",
    b"*1\r\n$-5\r\n",
    b"*1\r\n$04\r\nPING\r\n",
    b"*1\r\n$536870912\r\nPING\r\n",
    b"*1\r\n$536870913\r\n",
    b"*1\r\n\r\n",
    b"*1\r\n\n\r\n",
    b"*1\r\n*1\r\n$4\r\nPING\r\n",
    b"*1\r\n$4\r\nPINGPING\r\nPING\r\n",
    b"*2\r\n$4\r\nPING\r\n",
    b"SET a \"b\r\n",
    b"ECHO 'it\\'s'\r\n",
    b"ECHO \"\\x41\\n\\\"\\a\"\r\n",
    b"ECHO \"a\"b\r\n",
    b"ECHO 'a'b\r\n",
    b"ECHO a\"b c\"\r\n",
    b"ECHO \"\"\r\n",
    b"\"\"\r\n",
    b"PING\r\nPOST x\r\nPING\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"*1\r\n$4\r\npost\r\n",
    b"*1\r\n$5\r\nHost:\r\n",
    b"+OK\r\n",
    b"-ERR\r\nPING\r\n",
    b"nothing \xff\xfe\r\n",
    b"*2\r\n$4\r\n\xff\xfea\n\r\n$2\r\nab\r\n",
    b"*2\r\n$6\r\nOBJECT\r\n$3\r\n\xffa\n\r\n",
    b"DEL k\r\nLPUSH k a\r\nGET k\r\nLRANGE k 0 -1\r\nLPOP k 2\r\nLPOP k 2\r\nLPOP k\r\n",
    b"DEL z\r\nZADD z 1.5 a inf b -inf c 3 d\r\nZRANGE z 0 -1 WITHSCORES\r\nZSCORE z a\r\nZMSCORE z a x\r\nZPOPMIN z\r\nZPOPMAX z 2\r\n",
    b"DEL h\r\nHSET h f v\r\nHGETALL h\r\nHGET h x\r\nHRANDFIELD h 1 WITHVALUES\r\n",
    b"DEL s\r\nSADD s a\r\nSMEMBERS s\r\nSPOP s\r\nSPOP s\r\nSMISMEMBER s a b\r\n",
    b"MULTI\r\nSET k v\r\nGET\r\nEXEC\r\nMULTI\r\nINCR n\r\nHGETALL none\r\nEXEC\r\nDEL n k\r\n",
    b"SET k 10\r\nINCRBYFLOAT k 0.1\r\nINCR k\r\nOBJECT ENCODING k\r\nTYPE k\r\nDEL k\r\n",
    b"NOSUCH a b c\r\nOBJECT none\r\n",
    b"HELLO 3\r\nDEL z h s q\r\nZADD z 1.5 a inf b 3 d\r\nZRANGE z 0 -1 WITHSCORES\r\nZSCORE z a\r\nZMSCORE z a x\r\nZPOPMIN z\r\nZPOPMAX z 2\r\nZINCRBY z 0.1 a\r\nZRANDMEMBER z 1 WITHSCORES\r\n",
    b"HELLO 3\r\nHSET h f v\r\nHGETALL h\r\nHGETALL none\r\nHGET h x\r\nHRANDFIELD h 1 WITHVALUES\r\nCONFIG GET save\r\nHELLO 2\r\nHGETALL h\r\n",
    b"HELLO 3\r\nSADD s a\r\nSMEMBERS s\r\nSMEMBERS none\r\nSPOP s\r\nSPOP s\r\nSPOP s 1\r\nLPOP none 2\r\nLPOP none\r\nEXISTS none\r\n",
    b"HELLO 3\r\nSUBSCRIBE a\r\nPUBLISH a m\r\nPSUBSCRIBE *\r\nPUBLISH a m\r\nPING\r\nGET none\r\nUNSUBSCRIBE\r\nPUNSUBSCRIBE\r\nUNSUBSCRIBE\r\n",
    b"SUBSCRIBE a\r\nPING\r\nPING x\r\nGET none\r\nPSUBSCRIBE a*\r\nUNSUBSCRIBE\r\nPUNSUBSCRIBE\r\nGET none\r\n",
    b"MULTI\r\nSUBSCRIBE a b\r\nPING\r\nEXEC\r\n",
    b"HELLO 3\r\nMULTI\r\nSUBSCRIBE a b\r\nPING\r\nEXEC\r\n",
    b"HELLO 4\r\nHELLO x\r\nHELLO 3 AUTH a b\r\nAUTH x\r\nAUTH a b c d\r\n",
    b"CLIENT REPLY SKIP\r\nPING\r\nPING\r\nCLIENT REPLY OFF\r\nPING\r\nCLIENT REPLY ON\r\nPING\r\n",
    b"QUIT\r\nPING\r\n",
    b"RESET\r\nPING\r\n",
    b"MONITOR\r\nQUIT\r\n",
    b"SET k v\r\nWATCH k\r\nSET k w\r\nMULTI\r\nGET k\r\nEXEC\r\nDEL k\r\n",
];

/// An answer to HELLO tells the client's number, and servers count from different ones.
fn without_id(answer: &[u8]) -> Vec<u8> {
    const ID: &[u8] = b"$2\r\nid\r\n:";
    let Some(at) = answer.windows(ID.len()).position(|part| part == ID) else {
        return answer.to_vec();
    };
    let (before, rest) = answer.split_at(at + ID.len());
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    [before, &without_id(&rest[digits..])].concat()
}

#[test]
fn the_same_bytes_get_the_same_answer() {
    let Some(redis) = Redis::start() else { return };
    let serving = Serving::start(&[]);
    let mut differences = Vec::new();
    for stream in streams() {
        let wanted = without_id(&redis.client().exchange(&stream));
        let got = without_id(&serving.client().exchange(&stream));
        if got != wanted {
            differences.push(format!(
                "{}\n  redis {}\n  ours  {}",
                shown(&stream),
                shown(&wanted),
                shown(&got)
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
