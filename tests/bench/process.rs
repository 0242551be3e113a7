//! What processes of this machine have used, as the kernel counts it under `/proc`.

use std::fs;
use std::time::Duration;

/// The kernel tells times in hundredths of a second, whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of a process and of its children that have ended.
pub fn processor_time(pid: u32) -> Duration {
    fs::read_to_string(format!("/proc/{pid}/stat")).ok().and_then(|stat| time_in(&stat)).unwrap_or_default()
}

fn time_in(stat: &str) -> Option<Duration> {
    let fields = fields(stat);
    let ticks: u32 = (11..15).filter_map(|field| fields.get(field)?.parse::<u32>().ok()).sum();
    (fields.len() > 15).then_some(TICK * ticks)
}

/// The fields after the program's name, which may itself hold spaces and brackets.
fn fields(stat: &str) -> Vec<&str> {
    stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().collect()).unwrap_or_default()
}

/// Processor time of a server with all the processes that it started.
pub fn family_time(pid: u32) -> Duration {
    let Ok(entries) = fs::read_dir("/proc") else { return Duration::ZERO };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children = pids.filter(|child| parent(*child) == Some(pid));
    children.map(processor_time).sum::<Duration>() + processor_time(pid)
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    fields(&stat).get(1)?.parse().ok()
}

/// Memory of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// In use now, in KiB.
    pub now: u64,
    /// The most that was ever in use, in KiB.
    pub peak: u64,
}

/// The memory of a process.
pub fn memory(pid: u32) -> Memory {
    fs::read_to_string(format!("/proc/{pid}/status")).map(|status| memory_in(&status)).unwrap_or_default()
}

fn memory_in(status: &str) -> Memory {
    let line = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    };
    Memory { now: line("VmRSS:").unwrap_or_default(), peak: line("VmHWM:").unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_behind_a_name_with_brackets() {
        let stat = "42 (a (b) c) S 7 1 1 0 -1 4194560 9 0 0 0 150 50 7 3 20 0 5 0 88 1 1";
        assert_eq!(time_in(stat), Some(Duration::from_millis(2100)));
        assert_eq!(fields(stat).get(1), Some(&"7"));
        assert_eq!(time_in("42 (gone"), None);
    }

    #[test]
    fn memory_is_read_now_and_at_its_peak() {
        let memory = memory_in("Name:\tx\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n");
        assert_eq!(memory, Memory { now: 1024, peak: 2048 });
    }

    #[test]
    fn a_process_that_works_is_seen_working() {
        let own = std::process::id();
        let used = memory(own);
        assert!(used.peak >= used.now && used.now > 0, "{used:?}");
        let (before, mut sum) = (processor_time(own), 0_u64);
        while processor_time(own) < before + TICK {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
    }
}
