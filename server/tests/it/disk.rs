//! A full disk: saving is refused with a word, reading and deleting go on, and it mends itself when there is room.

use crate::support::{Place, until};
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// The reserve takes 16 MiB of it.
const SIZE: &str = "size=48m";

/// A small disk in memory, for as long as this lives.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where only an administrator may mount.
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "tmpfs"])
            .arg(&at)
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(at));
        }
        let required = std::env::var("ANTIPHON_REQUIRE_ALL").is_ok_and(|all| all == "1");
        let is_root = rustix::process::getuid().is_root();
        assert!(
            !(required && is_root && may_mount()),
            "a small disk cannot be mounted"
        );
        eprintln!("left out: mounting a small disk is not permitted here");
        None
    }

    /// Writes until nothing goes in any more.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let mut file = File::create(&path).expect("a file");
        for size_bytes in [1 << 20, 4096, 1] {
            let piece = vec![1; size_bytes];
            while file.write_all(&piece).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever still uses it keeps it until they end.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Containers often give root without this right (CAP_SYS_ADMIN is bit 21 of the effective set).
fn may_mount() -> bool {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let bits = line
        .and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok())
        .unwrap_or(0);
    bits & (1 << 21) != 0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_writing_only_and_mends_itself() {
    let place = Place::new();
    let Some(disk) = SmallDisk::mount(place.path("disk")) else {
        return;
    };
    let data = disk.0.join("data");
    let place = place.with("DATA", data.display());
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let kept = owner.say_for_sure(&channel, "kept").await;
    let filler = disk.fill();
    let text = "x".repeat(16_000);
    let refused = until("the disk is full", || async {
        let answer = owner.say(&channel, &text).await;
        (answer.status != 201).then_some(answer)
    });
    let refused = refused.await;
    refused.refused(507, "disk-full");
    owner.say(&channel, "still full").await.refused(507, "disk-full");
    let history = owner.history(&channel).await;
    assert!(history.contains(&kept), "reading goes on");
    let message = format!("/api/channels/{channel}/messages/{}", kept.id);
    // The reserve is given up a moment after the disk was found full.
    until("deleting goes on", || async {
        let deleted = owner.delete(&message).await;
        (deleted.status == 204).then_some(())
    })
    .await;
    std::fs::remove_file(filler).expect("it was there");
    let after = owner.say_for_sure(&channel, "there is room again").await;
    let now = owner.history(&channel).await;
    assert_eq!(now.last(), Some(&after));
    assert_eq!(
        now[..history.len()]
            .iter()
            .map(|posted| &posted.id)
            .collect::<Vec<_>>(),
        history.iter().map(|posted| &posted.id).collect::<Vec<_>>()
    );
    assert!(
        until("the reserve is back", || async {
            std::fs::metadata(data.join("reserve"))
                .is_ok_and(|meta| meta.len() >= 16 << 20)
                .then_some(true)
        })
        .await
    );
    antiphon.kill();
    let antiphon = place.start().await;
    assert_eq!(
        owner.at(&antiphon.address).history(&channel).await,
        now,
        "and it is on the disk"
    );
}
