//! Programs that we start, and what the kernel says about any program: CPU time and memory.
//!
//! Invariant: what was started here ends when its handle is dropped, however the bench ends its work.

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use std::{
    fs::File,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long a program may take to end by itself.
const STOP_WITHIN: Duration = Duration::from_secs(15);

/// A running program.
pub struct Process(Child);

impl Process {
    /// Starts it; what it prints on standard error, and on standard output unless the caller took that, goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::options().create(true).append(true).open(log);
        let file = file.with_context(|| format!("opening {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let child = command
            .spawn()
            .with_context(|| format!("starting {:?}", command.get_program()))?;
        Ok(Self(child))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// Asks it to end, and waits.
    pub fn stop(mut self) -> Result<()> {
        self.signal(Signal::TERM)?;
        let began = Instant::now();
        while !self.has_ended() {
            if began.elapsed() > STOP_WITHIN {
                bail!("process {} does not end", self.pid());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Ends it on the spot, as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let pid = i32::try_from(self.pid())
            .ok()
            .and_then(Pid::from_raw)
            .context("no such process")?;
        Ok(kill_process(pid, signal)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already in the good case.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// User and system time of a process.
pub fn cpu(pid: u32) -> Duration {
    stat(pid).map_or(Duration::ZERO, |stat| ticks(stat.own))
}

/// The same of a process and of all that come from it, the ended ones included.
pub fn cpu_of_tree(pid: u32) -> Duration {
    let mut total = 0;
    let mut waiting = vec![pid];
    let all: Vec<(u32, Stat)> = pids().filter_map(|pid| Some((pid, stat(pid)?))).collect();
    while let Some(pid) = waiting.pop() {
        if let Some((_, found)) = all.iter().find(|(other, _)| *other == pid) {
            total += found.own + found.reaped;
        }
        waiting.extend(
            all.iter()
                .filter(|(_, stat)| stat.parent == pid)
                .map(|(child, _)| *child),
        );
    }
    ticks(total)
}

/// CPU time that all programs took since the machine started.
pub fn cpu_of_machine() -> Duration {
    let text = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let numbers: Vec<u64> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    // proc(5): user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in these already.
    ticks(numbers.iter().take(8).sum::<u64>() - numbers.iter().skip(3).take(2).sum::<u64>())
}

/// Resident memory.
pub fn rss_bytes(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// The process that started `pid`.
pub fn parent(pid: u32) -> Result<u32> {
    Ok(stat(pid).with_context(|| format!("no process {pid}"))?.parent)
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Thousands of sockets need as many file descriptors: takes what the system allows.
pub fn raise_file_limit(needed: u64) -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    if limit.maximum.is_some_and(|maximum| maximum < needed) {
        bail!(
            "{needed} open files are needed and {:?} allowed: raise `ulimit -Hn`",
            limit.maximum
        );
    }
    let raised = Rlimit {
        current: limit.maximum.or(Some(needed)),
        maximum: limit.maximum,
    };
    Ok(setrlimit(Resource::Nofile, raised)?)
}

/// Whether a program stands on the PATH.
pub fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

struct Stat {
    parent: u32,
    /// Clock ticks of its own.
    own: u64,
    /// Clock ticks of children that have ended.
    reaped: u64,
}

/// proc(5): after the name in parentheses come the state, the parent as field 4, and times as fields 14 to 17.
fn stat(pid: u32) -> Option<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = text.get(text.rfind(')')? + 2..)?.split(' ').collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    Some(Stat {
        parent: u32::try_from(number(4)?).ok()?,
        own: number(14)? + number(15)?,
        reaped: number(16)? + number(17)?,
    })
}

fn ticks(ticks: u64) -> Duration {
    Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

fn pids() -> impl Iterator<Item = u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}
