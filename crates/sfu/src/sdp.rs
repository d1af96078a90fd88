//! What is read from, and rewritten in, the text of an SDP around str0m.
//!
//! str0m negotiates. What it cannot do is name a section anew when it carries another track (it fixes `msid` at a
//! section's birth), and what it does not tell is which track of the client a section sends. Both are lines of text.

use std::collections::HashMap;

use str0m::media::{MediaKind, Mid};

/// One `m=` section that carries sound or pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    pub mid: Mid,
    pub kind: MediaKind,
    pub flow: Flow,
    /// The second half of `a=msid`, by which a browser names the track that it sends.
    pub track: String,
}

/// Which way media runs, from the side of whoever wrote the SDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Sends,
    Receives,
    Rests,
}

/// The sections of `sdp` that carry media, in order. Those that are switched off with port 0 rest.
pub(crate) fn sections(sdp: &str) -> Vec<Section> {
    sections_of_text(sdp).filter_map(read_section).collect()
}

/// How many sections `sdp` has, of any kind.
pub(crate) fn count_sections(sdp: &str) -> usize {
    sdp.lines().filter(|line| line.starts_with("m=")).count()
}

fn sections_of_text(sdp: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in sdp.lines() {
        if line.starts_with("m=") {
            blocks.push(Vec::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    blocks.into_iter()
}

fn read_section(lines: Vec<&str>) -> Option<Section> {
    let mut words = lines[0].strip_prefix("m=")?.split(' ');
    let kind = match words.next()? {
        "audio" => MediaKind::Audio,
        "video" => MediaKind::Video,
        _ => return None,
    };
    let is_off = words.next() == Some("0") && !lines.contains(&"a=bundle-only");
    let mid = lines.iter().find_map(|line| line.strip_prefix("a=mid:"))?;
    let flow = lines
        .iter()
        .find_map(|line| read_flow(line))
        .unwrap_or(Flow::Sends);
    let msid = lines.iter().find_map(|line| line.strip_prefix("a=msid:"));
    let track = msid.and_then(|msid| msid.split(' ').nth(1)).unwrap_or_default();
    Some(Section {
        mid: Mid::from(mid),
        kind,
        flow: if is_off { Flow::Rests } else { flow },
        track: track.to_owned(),
    })
}

fn read_flow(line: &str) -> Option<Flow> {
    match line {
        "a=sendrecv" | "a=sendonly" => Some(Flow::Sends),
        "a=recvonly" => Some(Flow::Receives),
        "a=inactive" => Some(Flow::Rests),
        _ => None,
    }
}

/// What a section in which the server could send is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Carries {
    /// This track, as `stream track`.
    Track(String),
    /// Nothing for now.
    Nothing,
}

/// The SDP with each section that `carries` names saying what it carries; all others stay as they are.
pub(crate) fn name_tracks(sdp: &str, carries: &HashMap<Mid, Carries>) -> String {
    let mut named = String::with_capacity(sdp.len() + 64 * carries.len());
    let is_head = |line: &&str| !line.starts_with("m=");
    let head = sdp.lines().take_while(is_head);
    push_lines(&mut named, head.map(str::to_owned));
    for block in sections_of_text(sdp) {
        let mid = block.iter().find_map(|line| line.strip_prefix("a=mid:"));
        match mid.and_then(|mid| carries.get(&Mid::from(mid))) {
            None => push_lines(&mut named, block.into_iter().map(str::to_owned)),
            Some(carried) => push_lines(
                &mut named,
                block.into_iter().filter_map(|line| rename(line, carried)),
            ),
        }
    }
    named
}

/// The answer with Opus in these sections allowed to pause while there is silence (`usedtx`, RFC 7587, 6.1): else a quiet
/// microphone sends fifty packets a second to everybody.
pub(crate) fn let_pause(sdp: &str, sections: &[Mid]) -> String {
    let mut allowed = String::with_capacity(sdp.len() + 16 * sections.len());
    push_lines(
        &mut allowed,
        sdp.lines()
            .take_while(|line| !line.starts_with("m="))
            .map(str::to_owned),
    );
    for block in sections_of_text(sdp) {
        let mid = block.iter().find_map(|line| line.strip_prefix("a=mid:"));
        let is_meant = mid.is_some_and(|mid| sections.contains(&Mid::from(mid)));
        let opus = block.iter().find_map(|line| {
            let (payload_type, format) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
            format
                .starts_with("opus/")
                .then(|| format!("a=fmtp:{payload_type} "))
        });
        let opus = opus.filter(|_| is_meant);
        let allow = |line: &str| match &opus {
            Some(opus) if line.starts_with(opus) => format!("{line};usedtx=1"),
            _ => line.to_owned(),
        };
        push_lines(&mut allowed, block.into_iter().map(allow));
    }
    allowed
}

fn push_lines(text: &mut String, lines: impl Iterator<Item = String>) {
    for line in lines {
        text.push_str(&line);
        text.push_str("\r\n");
    }
}

fn rename(line: &str, carried: &Carries) -> Option<String> {
    let is_msid = line.starts_with("a=msid:");
    let is_ssrc = line.starts_with("a=ssrc:") || line.starts_with("a=ssrc-group:");
    match carried {
        Carries::Track(msid) if is_msid => Some(format!("a=msid:{msid}")),
        Carries::Track(msid) if is_ssrc => match line.split_once(" msid:") {
            Some((ssrc, _)) => Some(format!("{ssrc} msid:{msid}")),
            None => Some(line.to_owned()),
        },
        Carries::Nothing if is_msid || is_ssrc => None,
        Carries::Nothing if line == "a=sendonly" => Some("a=inactive".to_owned()),
        _ => Some(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OFFER: &str = "v=0\r\ns=-\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\na=msid:- mic\r\n\
        m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=recvonly\r\na=bundle-only\r\n\
        m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=mid:2\r\na=sendrecv\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:3\r\n";

    #[test]
    fn sections_tell_what_runs_where() {
        let read: Vec<_> = sections(OFFER)
            .into_iter()
            .map(|section| (section.flow, section.track))
            .collect();
        assert_eq!(
            read,
            [
                (Flow::Sends, "mic".into()),
                (Flow::Receives, String::new()),
                (Flow::Rests, String::new())
            ]
        );
        assert_eq!(count_sections(OFFER), 4);
    }

    #[test]
    fn sections_say_what_they_carry() {
        let answer = "v=0\r\nm=audio 9 X 111\r\na=mid:0\r\na=sendonly\r\na=msid:a b\r\na=ssrc:7 cname:c\r\na=ssrc:7 msid:a b\r\n\
            m=audio 9 X 111\r\na=mid:1\r\na=sendonly\r\na=msid:a c\r\na=ssrc:8 msid:a c\r\n\
            m=audio 9 X 111\r\na=mid:2\r\na=recvonly\r\na=msid:a d\r\n";
        let carries = HashMap::from([
            (Mid::from("0"), Carries::Track("PA_1|TR_1 TR_1".into())),
            (Mid::from("1"), Carries::Nothing),
        ]);
        let expected = "v=0\r\nm=audio 9 X 111\r\na=mid:0\r\na=sendonly\r\na=msid:PA_1|TR_1 TR_1\r\na=ssrc:7 cname:c\r\n\
            a=ssrc:7 msid:PA_1|TR_1 TR_1\r\n\
            m=audio 9 X 111\r\na=mid:1\r\na=inactive\r\n\
            m=audio 9 X 111\r\na=mid:2\r\na=recvonly\r\na=msid:a d\r\n";
        assert_eq!(name_tracks(answer, &carries), expected);
    }

    #[test]
    fn only_opus_of_the_sections_that_are_meant_may_pause() {
        let section = |mid: u8, fmtp: &str| {
            format!(
                "m=audio 9 X 111 0\r\na=mid:{mid}\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 {fmtp}\r\na=fmtp:0 x=1\r\n"
            )
        };
        let answer = |fmtp: &str| format!("v=0\r\n{}{}", section(0, "minptime=10"), section(1, fmtp));
        assert_eq!(
            let_pause(&answer("minptime=10"), &[Mid::from("1")]),
            answer("minptime=10;usedtx=1")
        );
    }

    proptest! {
        #[test]
        fn no_text_is_a_panic(text in "(m=|a=mid:|a=msid:|a=ssrc:|a=rtpmap:|a=fmtp:|opus/| |\r\n|0|audio|video|é|a=sendonly){0,60}") {
            for section in sections(&text) {
                let _ = name_tracks(&text, &HashMap::from([(section.mid, Carries::Nothing)]));
                let _ = let_pause(&text, &[section.mid]);
            }
        }
    }
}
