//! On what and when was measured.

use kit::clock::Clock;

/// The machine in a few words.
pub fn machine() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let cpuinfo = read("/proc/cpuinfo");
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown", |(_, model)| model);
    let memory = read("/proc/meminfo");
    let memory = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let memory =
        memory.and_then(|memory| memory.trim().parse::<f64>().ok()).unwrap_or_default() / 1024.0 / 1024.0;
    format!("{processors} processors ({}), {memory:.0} GiB", model.trim())
}

/// How many processes wanted a processor in the minute before.
pub fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|load| load.parse().ok()).unwrap_or_default()
}

/// The day.
pub fn day() -> String {
    Clock::system().now().format("%Y-%m-%d").to_string()
}
