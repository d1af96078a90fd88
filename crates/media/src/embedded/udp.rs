//! The one datagram socket of all rooms.
//!
//! It never waits: what the system does not take is lost, as packets get lost. An answer goes from the address that the
//! question came to, or a machine with several of them would be taken for another one.

use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use bytes::Bytes;
use quinn_udp::{BATCH_SIZE, RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use socket2::{Domain, Protocol, Socket, Type};

/// What a burst may take up until somebody comes for it: a keyframe for a hundred people is some 5 MB.
const BUFFER_BYTES: usize = 8 * 1024 * 1024;

/// A whole datagram, several times when the system hands over many of one sender at once.
const RECEIVED_BYTES: usize = 64 * 1024;

pub(crate) struct Udp {
    socket: UdpSocket,
    state: UdpSocketState,
    port: u16,
    is_v6: bool,
    /// Those that clients are told of, the best first.
    announced: Vec<IpAddr>,
    /// Those of them that are this machine's own, when the socket listens at more than one.
    own: Vec<IpAddr>,
}

impl Udp {
    pub fn bind(listen: SocketAddr) -> io::Result<UdpSocket> {
        let socket = Socket::new(Domain::for_address(listen), Type::DGRAM, Some(Protocol::UDP))?;
        if listen.is_ipv6() {
            socket.set_only_v6(false)?;
        }
        socket.bind(&listen.into())?;
        Ok(socket.into())
    }

    pub fn new(socket: UdpSocket, announced: Vec<IpAddr>, own: &[IpAddr]) -> io::Result<Self> {
        let state = UdpSocketState::new(UdpSockRef::from(&socket))?;
        // As much as the system allows is enough; it may be less.
        let _ = state.set_send_buffer_size(UdpSockRef::from(&socket), BUFFER_BYTES);
        let _ = state.set_recv_buffer_size(UdpSockRef::from(&socket), BUFFER_BYTES);
        let local = socket.local_addr()?;
        let is_any = local.ip().is_unspecified();
        // An answer comes from the address that was asked: another one is not known to whoever asked, and thrown away.
        let is_own = |ip: &&IpAddr| is_any && (own.contains(ip) || ip.is_loopback());
        let own = announced.iter().filter(is_own).copied().collect();
        Ok(Udp {
            socket,
            state,
            port: local.port(),
            is_v6: local.is_ipv6(),
            announced,
            own,
        })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn socket(&self) -> io::Result<UdpSocket> {
        self.socket.try_clone()
    }

    /// False when the system does not take it.
    fn send(&self, burst: &Burst) -> bool {
        let (from, to) = (burst.from, burst.to);
        let transmit = Transmit {
            destination: SocketAddr::new(self.as_it_is_here(to.ip()), to.port()),
            ecn: None,
            contents: &burst.bytes,
            segment_size: (burst.n_packets > 1).then_some(burst.packet_len),
            src_ip: self
                .own
                .contains(&from.ip())
                .then(|| self.as_it_is_here(from.ip())),
        };
        self.state
            .try_send(UdpSockRef::from(&self.socket), &transmit)
            .is_ok()
    }

    /// A socket for both families has addresses of the older one in its own way.
    fn as_it_is_here(&self, ip: IpAddr) -> IpAddr {
        match ip {
            IpAddr::V4(ip) if self.is_v6 => IpAddr::V6(ip.to_ipv6_mapped()),
            ip => ip,
        }
    }

    /// The address that clients know and a packet came to. One that is translated on the way here is not ours; then it
    /// is the first of the family.
    pub fn announced_for(&self, arrived_at: Option<IpAddr>, from: SocketAddr) -> SocketAddr {
        let arrived_at = arrived_at.map(|ip| ip.to_canonical());
        let known = arrived_at.filter(|ip| self.announced.contains(ip));
        let alike = || {
            self.announced
                .iter()
                .find(|ip| ip.is_ipv4() == from.is_ipv4())
                .copied()
        };
        let ip = known.or_else(alike).unwrap_or(self.announced[0]);
        SocketAddr::new(ip, self.port)
    }
}

/// Packets of one length from one address to another, and perhaps a shorter one behind them: what the system takes in one go, and
/// what the packets of a picture are.
struct Burst {
    from: SocketAddr,
    to: SocketAddr,
    packet_len: usize,
    n_packets: usize,
    bytes: Vec<u8>,
}

/// What one call may hand over: a datagram's length with its headers.
const BURST_BYTES: usize = 65_000;

impl Burst {
    /// Takes the packet in, or gives it back when it does not fit.
    fn take(&mut self, packet: sfu::Packet, most_packets: usize) -> Option<sfu::Packet> {
        let is_whole = self.bytes.len() == self.packet_len * self.n_packets;
        let fits = (self.from, self.to) == (packet.source, packet.destination)
            && is_whole
            && packet.bytes.len() <= self.packet_len
            && self.n_packets < most_packets
            && self.bytes.len() + packet.bytes.len() <= BURST_BYTES;
        if !fits {
            return Some(packet);
        }
        self.bytes.extend_from_slice(&packet.bytes);
        self.n_packets += 1;
        None
    }
}

/// Where packets wait until it is known whether the next one goes along.
#[derive(Default)]
pub(crate) struct Outlet {
    burst: Option<Burst>,
}

/// What became of packets.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sent {
    pub n_packets: usize,
    pub n_bytes: usize,
    /// The system took them.
    pub is_taken: bool,
}

impl Outlet {
    /// Sends what does not go along with `packet`, which waits for the next one or [`Self::flush`].
    pub fn push(&mut self, udp: &Udp, packet: sfu::Packet) -> Sent {
        let most_packets = udp.state.max_gso_segments();
        let packet = match &mut self.burst {
            Some(burst) => burst.take(packet, most_packets),
            None => Some(packet),
        };
        let Some(packet) = packet else {
            return Sent::default();
        };
        let sent = self.flush(udp);
        self.burst = Some(Burst {
            from: packet.source,
            to: packet.destination,
            packet_len: packet.bytes.len(),
            n_packets: 1,
            bytes: packet.bytes,
        });
        sent
    }

    pub fn flush(&mut self, udp: &Udp) -> Sent {
        let Some(burst) = self.burst.take() else {
            return Sent::default();
        };
        Sent {
            n_packets: burst.n_packets,
            n_bytes: burst.bytes.len(),
            is_taken: udp.send(&burst),
        }
    }
}

/// What came, before anybody knows whose it is.
pub(crate) struct Datagram {
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub bytes: Bytes,
}

/// Room for what comes.
pub(crate) struct Inlet {
    buffer: Vec<u8>,
    metas: [RecvMeta; BATCH_SIZE],
}

impl Inlet {
    pub fn new() -> Self {
        Inlet {
            buffer: vec![0; RECEIVED_BYTES * BATCH_SIZE],
            metas: [RecvMeta::default(); BATCH_SIZE],
        }
    }

    /// Takes what is there, without waiting.
    pub fn receive(&mut self, udp: &Udp) -> io::Result<Vec<Datagram>> {
        let mut places = self.buffer.chunks_exact_mut(RECEIVED_BYTES).map(IoSliceMut::new);
        let mut slices: [IoSliceMut; BATCH_SIZE] =
            std::array::from_fn(|_| places.next().expect("the buffer has as many places"));
        let n_received = udp
            .state
            .recv(UdpSockRef::from(&udp.socket), &mut slices, &mut self.metas)?;
        let mut datagrams = Vec::with_capacity(n_received);
        for (place, meta) in self
            .buffer
            .chunks_exact(RECEIVED_BYTES)
            .zip(&self.metas[..n_received])
        {
            let from = SocketAddr::new(meta.addr.ip().to_canonical(), meta.addr.port());
            let to = udp.announced_for(meta.dst_ip, from);
            // One allocation for all that one sender sent at once.
            let mut rest = Bytes::copy_from_slice(&place[..meta.len]);
            while !rest.is_empty() {
                let bytes = rest.split_to(meta.stride.clamp(1, rest.len()));
                datagrams.push(Datagram { from, to, bytes });
            }
        }
        Ok(datagrams)
    }
}

/// The addresses of this machine that somebody else could reach; only its inner one when there is no other.
pub(crate) fn own_addresses(listen: IpAddr) -> Vec<IpAddr> {
    if !listen.is_unspecified() {
        return vec![listen];
    }
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let all: Vec<IpAddr> = interfaces.iter().map(if_addrs::Interface::ip).collect();
    let is_fit = |ip: &IpAddr| match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => listen.is_ipv6() && !ip.is_loopback() && !ip.is_unicast_link_local(),
    };
    let mut fit: Vec<IpAddr> = all.iter().copied().filter(is_fit).collect();
    fit.sort_by_key(IpAddr::is_ipv6);
    if fit.is_empty() {
        fit.extend(all.iter().find(|ip| **ip == IpAddr::V4(Ipv4Addr::LOCALHOST)));
        fit.extend(
            all.iter()
                .find(|ip| listen.is_ipv6() && **ip == IpAddr::V6(Ipv6Addr::LOCALHOST)),
        );
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::Ipv6Addr, time::Duration};

    fn udp(announced: &[&str]) -> Udp {
        let announced: Vec<IpAddr> = announced.iter().map(|ip| ip.parse().unwrap()).collect();
        let socket = Udp::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Udp::new(socket, announced, &[]).unwrap()
    }

    fn packet(source: SocketAddr, destination: SocketAddr, bytes: &[u8]) -> sfu::Packet {
        sfu::Packet {
            transport: sfu::Transport::Udp,
            source,
            destination,
            bytes: bytes.to_vec(),
        }
    }

    fn send(udp: &Udp, from: SocketAddr, to: SocketAddr, bytes: &[u8]) -> bool {
        let mut outlet = Outlet::default();
        outlet.push(udp, packet(from, to, bytes));
        outlet.flush(udp).is_taken
    }

    #[test]
    fn packets_that_go_together_arrive_as_they_were() {
        let socket = Udp::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let home: IpAddr = Ipv4Addr::LOCALHOST.into();
        let udp = Udp::new(socket, vec![home], &[home]).expect("a socket");
        let friends = [(); 2].map(|()| UdpSocket::bind("127.0.0.1:0").expect("a port"));
        let [ada, bob] = friends.each_ref().map(|friend| friend.local_addr().expect("one"));
        let from = SocketAddr::new(home, udp.port());
        // Of one length, a shorter one that ends them, a longer one, and somebody else in between.
        let said = [
            (ada, 1_100),
            (ada, 1_100),
            (ada, 700),
            (ada, 700),
            (ada, 900),
            (bob, 900),
            (ada, 900),
        ];
        let mut outlet = Outlet::default();
        let mut n_sent = 0;
        for (idx, (to, len)) in said.into_iter().enumerate() {
            n_sent += outlet
                .push(&udp, packet(from, to, &vec![idx as u8; len]))
                .n_packets;
        }
        n_sent += outlet.flush(&udp).n_packets;
        assert_eq!(n_sent, said.len());
        assert_eq!(outlet.flush(&udp), Sent::default());
        for (friend, address) in friends.iter().zip([ada, bob]) {
            friend
                .set_read_timeout(Some(Duration::from_secs(5)))
                .expect("a limit");
            for (idx, (_, len)) in said.iter().enumerate().filter(|(_, (to, _))| *to == address) {
                let mut place = [0; 2_000];
                let (n_bytes, _) = friend.recv_from(&mut place).expect("a packet");
                assert_eq!(place[..n_bytes], vec![idx as u8; *len]);
            }
        }
    }

    #[test]
    fn a_packet_came_to_an_address_that_clients_know() {
        let udp = udp(&["203.0.113.1", "192.0.2.7", "2001:db8::1"]);
        let to = |at: Option<&str>, from: &str| {
            let at = at.map(|ip| ip.parse().unwrap());
            udp.announced_for(at, from.parse().unwrap()).ip().to_string()
        };
        assert_eq!(to(Some("192.0.2.7"), "198.51.100.1:9"), "192.0.2.7");
        assert_eq!(to(Some("::ffff:192.0.2.7"), "198.51.100.1:9"), "192.0.2.7");
        assert_eq!(
            to(Some("10.0.0.3"), "198.51.100.1:9"),
            "203.0.113.1",
            "translated on the way"
        );
        assert_eq!(to(None, "[2001:db8::9]:9"), "2001:db8::1");
    }

    #[test]
    fn an_address_that_is_listened_at_is_the_only_one() {
        let listen: IpAddr = "127.0.0.1".parse().unwrap();
        assert_eq!(own_addresses(listen), [listen]);
        assert!(!own_addresses("0.0.0.0".parse().unwrap()).is_empty());
    }

    #[tokio::test]
    async fn what_is_sent_arrives_whole_and_in_both_families() {
        for listen in ["127.0.0.1:0", "[::]:0"] {
            let socket = Udp::bind(listen.parse().unwrap()).unwrap();
            let port = socket.local_addr().unwrap().port();
            let home: IpAddr = Ipv4Addr::LOCALHOST.into();
            let udp = Udp::new(socket, vec![home], &[home]).unwrap();
            let friend = UdpSocket::bind("127.0.0.1:0").unwrap();
            let theirs = friend.local_addr().unwrap();
            let home_at = SocketAddr::new(home, port);
            assert!(send(&udp, home_at, theirs, b"ping"));
            let mut buffer = [0; 9];
            let (n_bytes, from) = friend.recv_from(&mut buffer).unwrap();
            assert_eq!(
                (&buffer[..n_bytes], from),
                (&b"ping"[..], SocketAddr::new(home, port))
            );
            friend.send_to(b"pong", from).unwrap();
            let waits = tokio::net::UdpSocket::from_std(udp.socket().unwrap()).unwrap();
            waits.readable().await.unwrap();
            let received = Inlet::new().receive(&udp).unwrap();
            assert_eq!((received[0].from, received[0].to), (theirs, from));
            assert_eq!(&received[0].bytes[..], b"pong");
        }
    }

    #[test]
    fn an_answer_comes_from_the_address_that_was_asked() {
        let socket = Udp::bind(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0))).expect("a port");
        let asked: IpAddr = [127, 0, 0, 5].into();
        let udp = Udp::new(socket, vec![asked], &[]).expect("a socket");
        let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
        client
            .set_read_timeout(Some(Duration::from_secs(5)))
            .expect("a limit");
        let at = SocketAddr::new(asked, udp.port());
        assert!(send(&udp, at, client.local_addr().expect("an address"), b"here"));
        let mut place = [0; 16];
        assert_eq!(client.recv_from(&mut place).expect("an answer"), (4, at));
    }
}
