//! Runs the fuzz targets without libFuzzer, on any compiler: `try SECONDS [TARGET [FOLDER]]`.
//!
//! Each file of a target's corpus is tried as it is, and then changed at random, over and over; those
//! of FOLDER are begun with too. The random numbers begin with the same seed each time. Whatever panics does so with its input in
//! `crash-<target>`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

fn main() {
    let mut arguments = env::args().skip(1);
    let seconds = arguments.next().and_then(|text| text.parse().ok());
    let Some(seconds) = seconds else {
        eprintln!("usage: try SECONDS [TARGET [FOLDER]]");
        process::exit(2);
    };
    let wanted = arguments.next();
    let more = arguments.next().map(PathBuf::from);
    for (name, run) in okr_fuzz::TARGETS {
        if wanted.as_ref().is_none_or(|wanted| wanted == name) {
            let count = target(name, run, Duration::from_secs(seconds), more.as_deref());
            println!("{name}: {count} inputs, no panic");
        }
    }
}

fn target(name: &str, run: fn(&[u8]), time: Duration, more: Option<&Path>) -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let folders = [Some(folder.as_path()), more];
    let mut seeds: Vec<Vec<u8>> = folders
        .into_iter()
        .flatten()
        .flat_map(fs::read_dir)
        .flatten()
        .flatten()
        .filter_map(|file| fs::read(file.path()).ok())
        .collect();
    seeds.sort();
    if seeds.is_empty() {
        eprintln!("{} has no files", folder.display());
        process::exit(2);
    }
    let end = Instant::now() + time;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut count = 0;
    while Instant::now() < end {
        let at = random.below(seeds.len());
        let mut bytes = seeds[at].clone();
        if count >= seeds.len() as u64 {
            let other = random.below(seeds.len());
            for _ in 0..=random.below(6) {
                change(&mut bytes, &seeds[other], &mut random);
            }
        } else {
            bytes.clone_from(&seeds[usize::try_from(count).unwrap_or_default()]);
        }
        count += 1;
        if panic::catch_unwind(|| run(&bytes)).is_err() {
            let crash = format!("crash-{name}");
            let _ = fs::write(&crash, &bytes);
            eprintln!("{name} panics on the file {crash}");
            process::exit(1);
        }
    }
    count
}

/// Changes bytes as damage or malice would.
fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    const PIECES: [&[u8]; 12] = [
        b"99999999999999999999",
        b"-1",
        b"<",
        b">",
        b"\"",
        b"&#x110000;",
        b"\0",
        b"\xff",
        b"</",
        b"<!--",
        b"=",
        b"\r\n",
    ];
    let start = random.below(bytes.len() + 1);
    let end = (start + random.below(12)).min(bytes.len());
    match random.below(6) {
        0 => bytes.truncate(start),
        1 => drop(bytes.splice(start..end, [])),
        2 => drop(bytes.splice(
            start..end,
            PIECES[random.below(PIECES.len())].iter().copied(),
        )),
        3 if start < bytes.len() => bytes[start] ^= 1 << random.below(8),
        4 => {
            let from = random.below(other.len() + 1);
            let to = (from + random.below(200)).min(other.len());
            bytes.splice(start..end, other[from..to].iter().copied());
        }
        _ => {
            let copy = bytes[start..end].repeat(1 + random.below(50));
            bytes.splice(start..start, copy);
        }
    }
}

/// Random numbers, the same in each run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }
}
