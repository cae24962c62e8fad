//! Writing: a file is replaced whole or not at all.

use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;

use super::Env;
use super::lock::Turn;
use super::read::MAX_PLAN;
use crate::error::Failure;

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It gives way.
    Replace,
}

/// A file that is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// Where, as the user knows it.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) bytes: Vec<u8>,
}

/// A file that is wholly on the disk, but not in its place yet.
struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

/// Folders that were made for files to be written; those in which none came to lie go with the value.
#[derive(Debug, Default)]
struct Folders {
    /// Each one, the upper ones first.
    created: Vec<PathBuf>,
    /// The lowest ones, as the user knows them.
    named: Vec<PathBuf>,
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.created.iter().rev() {
            // The system takes no folder away that has a file in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Env {
    /// Finds out whether a file may be written there, without writing it.
    ///
    /// # Errors
    ///
    /// There is a file already that must be kept, something that is no file, or a file in the way of its folder.
    pub(crate) fn check_target(&self, path: &Path, existing: Existing) -> anyhow::Result<()> {
        self.target(path, existing).map(|_| ())
    }

    /// Writes files: all of them are on the disk before the first one takes its place.
    ///
    /// Returns the folders that had to be made for them, as the user knows them.
    ///
    /// # Errors
    ///
    /// One cannot be written; the message says which, and which have taken their place before it.
    pub(crate) fn write(
        &self,
        outputs: &[Output],
        existing: Existing,
    ) -> anyhow::Result<Vec<PathBuf>> {
        for output in outputs {
            self.check_target(&output.path, existing)?;
        }
        let folders = self.make_folders(outputs.iter().map(|output| &*output.path))?;
        let mut staged = Vec::new();
        for output in outputs {
            let (target, metadata) = self.target(&output.path, existing)?;
            let file = stage(&target, &output.bytes, metadata.as_ref())
                .map_err(plainly)
                .with_context(|| {
                    format!(
                        "cannot write {}; nothing was written",
                        output.path.display()
                    )
                })?;
            staged.push(Staged { file, target });
        }
        for (index, Staged { file, target }) in staged.into_iter().enumerate() {
            let path = outputs[index].path.display();
            settle(file, &target, existing)
                .map_err(plainly)
                .with_context(|| {
                    let before: Vec<_> = outputs[..index]
                        .iter()
                        .map(|output| output.path.display().to_string())
                        .collect();
                    if before.is_empty() {
                        format!("cannot write {path}; nothing was written")
                    } else {
                        format!(
                            "cannot write {path}; written before it: {}",
                            before.join(", ")
                        )
                    }
                })?;
        }
        Ok(folders.named.clone())
    }

    /// Writes a file of which `make` hands over one piece after the other, and returns what else it returns, with the
    /// folders that had to be made for it.
    ///
    /// # Errors
    ///
    /// It cannot be written, or `make` fails; nothing is there then that was not there before.
    pub(crate) fn write_with<T>(
        &self,
        path: &Path,
        existing: Existing,
        make: impl FnOnce(&mut dyn io::Write) -> io::Result<T>,
    ) -> anyhow::Result<(T, Vec<PathBuf>)> {
        let (target, metadata) = self.target(path, existing)?;
        let folders = self.make_folders(std::iter::once(path))?;
        let cannot = || format!("cannot write {}; nothing was written", path.display());
        let (file, result) = stage_with(&target, metadata.as_ref(), make)
            .map_err(plainly)
            .with_context(cannot)?;
        settle(file, &target, existing)
            .map_err(plainly)
            .with_context(cannot)?;
        Ok((result, folders.named.clone()))
    }

    /// Makes the folders of these files that are not there.
    fn make_folders<'p>(&self, paths: impl Iterator<Item = &'p Path>) -> anyhow::Result<Folders> {
        let mut made = Folders::default();
        for path in paths {
            let named = folder_of(path);
            let full = self.path(named);
            let missing: Vec<PathBuf> = full
                .ancestors()
                .take_while(|folder| !folder.exists())
                .map(Path::to_owned)
                .collect();
            if missing.is_empty() {
                continue;
            }
            for folder in missing.into_iter().rev() {
                match fs::create_dir(&folder) {
                    Ok(()) => made.created.push(folder),
                    // Another program was faster, or the way leads up again, as in `a/../b`.
                    Err(_) if folder.is_dir() => {}
                    Err(error) => {
                        let context = format!("cannot make the folder {}", named.display());
                        return Err(error).context(context);
                    }
                }
            }
            made.named.push(named.to_owned());
        }
        Ok(made)
    }

    /// Finds out whether the user may change a file, without changing it.
    ///
    /// # Errors
    ///
    /// It is not there, is no file, or may not be written.
    pub(crate) fn check_update(&self, path: &Path) -> anyhow::Result<()> {
        let (target, metadata) = self.target(path, Existing::Replace)?;
        check_leave(path, &target, metadata.as_ref())
    }

    /// Changes the text of a plan as `change` says, and returns what else it returns.
    ///
    /// Where `change` returns no text, the file is not touched.
    /// Two changes at once both land: each waits for its turn, and each looks once more, just before it
    /// puts the new text in place, whether the old one is still what it read. If it is not, because an
    /// editor has saved it meanwhile, the change is made anew to what is there now.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, or `change` fails; the file is as it was then.
    pub(crate) fn update<T>(
        &self,
        path: &Path,
        mut change: impl FnMut(&str) -> anyhow::Result<(Option<String>, T)>,
    ) -> anyhow::Result<T> {
        // Reading first gives the better message when there is no such file.
        self.read_text(path, MAX_PLAN)?;
        let (target, metadata) = self.target(path, Existing::Replace)?;
        let _turn = Turn::wait(folder_of(&target));
        let cannot = || format!("cannot write {}, which is as it was", path.display());
        for _ in 0..10 {
            let before = self.read_text(&target, MAX_PLAN)?;
            let (after, result) = change(&before)?;
            let Some(after) = after.filter(|after| *after != before) else {
                return Ok(result);
            };
            check_leave(path, &target, metadata.as_ref())?;
            let file = stage(&target, after.as_bytes(), metadata.as_ref())
                .map_err(plainly)
                .with_context(cannot)?;
            if self.read(&target, MAX_PLAN)? == before.as_bytes() {
                settle(file, &target, Existing::Replace)
                    .map_err(plainly)
                    .with_context(cannot)?;
                return Ok(result);
            }
        }
        let message = format!(
            "{} is being changed by another program all the time",
            path.display()
        );
        Err(Failure::new(message)
            .help("close the other program, then try again")
            .into())
    }

    /// Returns where a file really lies, and what is known of it when it is there.
    fn target(
        &self,
        path: &Path,
        existing: Existing,
    ) -> anyhow::Result<(PathBuf, Option<Metadata>)> {
        let full = self.path(path);
        let name = path.display();
        let Ok(link) = full.symlink_metadata() else {
            // What is missing of its folder is made when it is written.
            let above = folder_of(&full).ancestors();
            let there = above.into_iter().find(|folder| folder.exists());
            return match there.filter(|there| !there.is_dir()) {
                None => Ok((full, None)),
                Some(there) => Err(Failure::new(format!(
                    "cannot write {name}: {} is no folder",
                    there.display()
                ))
                .into()),
            };
        };
        if link.is_dir() {
            let failure = Failure::new(format!("cannot write {name}: it is a folder"));
            return Err(failure.help("name a file in it").into());
        }
        if existing == Existing::Keep {
            let failure = Failure::new(format!("{name} exists already"));
            return Err(failure
                .help("choose another name with -o, or replace it with --force")
                .into());
        }
        // A link stays a link: the file that it leads to is what is replaced.
        let target = fs::canonicalize(&full)
            .with_context(|| format!("cannot write {name}: it is a link that leads nowhere"))?;
        let metadata = fs::metadata(&target).with_context(|| format!("cannot write {name}"))?;
        // `/dev/stdout` leads to the file behind standard output, which is not ours to replace.
        let is_device = full.starts_with("/dev") || full.starts_with("/proc");
        if is_device || !metadata.is_file() {
            let failure = Failure::new(format!("cannot write {name}: it is no ordinary file"));
            return Err(failure.help("name a file, or - for standard output").into());
        }
        Ok((target, Some(metadata)))
    }
}

/// Says where a file may not be written; `path` is what the user calls it.
fn check_leave(path: &Path, target: &Path, metadata: Option<&Metadata>) -> anyhow::Result<()> {
    if may_write(target, metadata) {
        return Ok(());
    }
    let message = format!("{} may not be written", path.display());
    Err(Failure::new(message)
        .help("allow writing to it first, then try again")
        .into())
}

/// Returns whether the user may write to a file; replacing it needs leave of its folder only.
fn may_write(target: &Path, metadata: Option<&Metadata>) -> bool {
    let is_open = metadata.is_none_or(|metadata| !metadata.permissions().readonly());
    #[cfg(unix)]
    let is_open = is_open && rustix::fs::access(target, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    let _ = target;
    is_open
}

/// Returns the folder in which a file lies.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a file beside its place, in the same folder, so that it can take its place in one step.
fn stage(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    stage_with(target, old, |out| out.write_all(bytes)).map(|(file, ())| file)
}

/// Writes such a file as `make` does, and returns what else that returns.
fn stage_with<T>(
    target: &Path,
    old: Option<&Metadata>,
    make: impl FnOnce(&mut dyn io::Write) -> io::Result<T>,
) -> io::Result<(NamedTempFile, T)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".okr-").suffix(".tmp");
    // A file that takes the place of another is for its owner alone until it has that one's permissions.
    if let Some(permissions) = new_file_permissions().filter(|_| old.is_none()) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder_of(target))?;
    if let Some(old) = old {
        keep_owner(file.path(), old);
        file.as_file().set_permissions(old.permissions())?;
    }
    let result = make(&mut Steady {
        file: file.as_file_mut(),
        waiting: 0,
    })?;
    file.as_file().sync_all()?;
    Ok((file, result))
}

/// A file that goes to the disk while the rest of it is still being made, not all at once at its end.
struct Steady<'f> {
    file: &'f mut File,
    /// How many bytes the disk may not have yet.
    waiting: usize,
}

impl Steady<'_> {
    /// How many bytes are worth a turn of the disk.
    const PIECE: usize = 8 * 1024 * 1024;
}

impl io::Write for Steady<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.waiting += written;
        if self.waiting >= Self::PIECE {
            self.file.sync_data()?;
            self.waiting = 0;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn settle(file: NamedTempFile, target: &Path, existing: Existing) -> io::Result<()> {
    match existing {
        Existing::Keep => file
            .persist_noclobber(target)
            .map_err(|error| error.error)?,
        Existing::Replace => file.persist(target).map_err(|error| error.error)?,
    };
    // The new name must outlive a power cut as well; not every system can say so of a folder.
    if let Ok(folder) = File::open(folder_of(target)) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Returns the error without the name of the temporary file, which nobody has heard of.
fn plainly(error: io::Error) -> io::Error {
    match error.kind() {
        kind if error.get_ref().is_some() && kind != io::ErrorKind::Other => kind.into(),
        _ => error,
    }
}

/// Returns what a new file may be used for, before the user's mask takes its share.
#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems have no such permissions"
)]
fn new_file_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_permissions() -> Option<Permissions> {
    None
}

/// Gives a file the owner of the one that it replaces, where that is allowed; it matters to root alone.
#[cfg(unix)]
fn keep_owner(path: &Path, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let is_same =
        fs::metadata(path).is_ok_and(|new| new.uid() == old.uid() && new.gid() == old.gid());
    if !is_same {
        let both = chown(path, Some(old.uid()), Some(old.gid()));
        // A member of a team may not give a file away, but may leave it to the team.
        if both.is_err() {
            let _ = chown(path, None, Some(old.gid()));
        }
    }
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _old: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn sandbox() -> (tempfile::TempDir, Env) {
        let folder = tempfile::tempdir().unwrap();
        let (env, _) = Env::captured(jiff::civil::date(2026, 11, 22), folder.path(), b"");
        (folder, env)
    }

    fn output(path: &str, text: &str) -> Output {
        Output {
            path: path.into(),
            bytes: text.into(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_overwritten_unless_told_so() {
        let (folder, env) = sandbox();
        env.write(&[output("a.md", "one")], Existing::Keep).unwrap();
        let error = env
            .write(
                &[output("b.md", "b"), output("a.md", "two")],
                Existing::Keep,
            )
            .unwrap_err();
        assert_eq!(error.to_string(), "a.md exists already");
        assert_eq!(names(folder.path()), ["a.md"]);
        env.write(&[output("a.md", "two")], Existing::Replace)
            .unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("a.md")).unwrap(),
            "two"
        );
    }

    #[test]
    fn folders_that_are_missing_are_made_and_go_where_nothing_is_written() {
        let (folder, env) = sandbox();
        let outputs = [output("one/two/a.md", "a"), output("one/two/b.md", "b")];
        let made = env.write(&outputs, Existing::Keep).unwrap();
        assert_eq!(made, [PathBuf::from("one/two")]);
        assert_eq!(names(&folder.path().join("one/two")), ["a.md", "b.md"]);
        env.check_target(Path::new("three/a.md"), Existing::Keep)
            .unwrap();
        let failing =
            |_: &mut dyn io::Write| -> io::Result<()> { Err(io::Error::other("no more")) };
        env.write_with(Path::new("three/four/a.md"), Existing::Keep, failing)
            .unwrap_err();
        assert_eq!(names(folder.path()), ["one"]);
    }

    #[test]
    fn what_is_in_the_way_of_a_folder_is_named() {
        let (folder, env) = sandbox();
        fs::write(folder.path().join("b"), "").unwrap();
        let error = env
            .check_target(Path::new("b/c/a.md"), Existing::Keep)
            .unwrap_err();
        assert!(error.to_string().ends_with("/b is no folder"), "{error}");
        fs::create_dir(folder.path().join("a.md")).unwrap();
        let error = env
            .check_target(Path::new("a.md"), Existing::Replace)
            .unwrap_err();
        assert_eq!(error.to_string(), "cannot write a.md: it is a folder");
    }

    #[test]
    fn a_change_made_meanwhile_is_not_lost() {
        let (folder, env) = sandbox();
        let path = folder.path().join("a.md");
        fs::write(&path, "1").unwrap();
        let mut rounds = 0;
        env.update(Path::new("a.md"), |text| {
            rounds += 1;
            if rounds == 1 {
                fs::write(&path, "12").unwrap();
            }
            Ok((Some(format!("{text}3")), ()))
        })
        .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "123");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn many_at_once_all_land() {
        let (folder, _) = sandbox();
        fs::write(folder.path().join("a.md"), "").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let (env, _) =
                        Env::captured(jiff::civil::date(2026, 11, 22), folder.path(), b"");
                    for _ in 0..5 {
                        env.update(Path::new("a.md"), |text| Ok((Some(format!("{text}x")), ())))
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(
            fs::read_to_string(folder.path().join("a.md"))
                .unwrap()
                .len(),
            40
        );
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, env) = sandbox();
        let (real, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
        symlink("real.md", &link).unwrap();
        env.write(&[output("link.md", "new")], Existing::Replace)
            .unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        symlink("nowhere.md", folder.path().join("lost.md")).unwrap();
        assert!(
            env.check_target(Path::new("lost.md"), Existing::Replace)
                .is_err()
        );
    }
}
