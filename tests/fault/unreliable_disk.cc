#include "tests/fault/unreliable_disk.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace stegvis::fault {
namespace {

constexpr size_t kSector = 512;

// A write, or with `truncates` the end of the file at `offset`.
struct Change {
  size_t offset = 0;
  std::string bytes;
  bool truncates = false;
};

// What the disk has of a file, and what it was told since the last sync.
struct DiskFile {
  std::string durable;
  std::vector<Change> pending;
  bool exists = false;   // Durably.
  bool deleted = false;  // Not durably: that was never synced.
};

void Put(size_t offset, const std::string& bytes, std::string& content) {
  if (content.size() < offset + bytes.size()) {
    content.resize(offset + bytes.size());
  }
  std::copy(bytes.begin(), bytes.end(),
            content.begin() + static_cast<ptrdiff_t>(offset));
}

void Apply(const Change& change, std::string& content) {
  if (change.truncates) {
    content.resize(change.offset);
  } else {
    Put(change.offset, change.bytes, content);
  }
}

// Applies some sectors of `change`.
void Tear(const Change& change, std::mt19937& random, std::string& content) {
  if (change.truncates) {
    if (random() % 2 == 0) Apply(change, content);
    return;
  }
  size_t begin = 0;
  while (begin < change.bytes.size()) {
    const size_t room = kSector - (change.offset + begin) % kSector;
    const std::string sector = change.bytes.substr(begin, room);
    if (random() % 2 == 0) Put(change.offset + begin, sector, content);
    begin += sector.size();
  }
}

enum class Fault { kNone, kCutAtSync, kFailSync, kFailWrite };

class Disk {
 public:
  void Plan(Fault fault, int at) {
    absl::MutexLock lock(&mutex_);
    fault_ = fault;
    at_ = at;
    syncs_ = 0;
    writes_ = 0;
  }
  void DecideUnsynced(Unsynced unsynced, uint32_t seed) {
    absl::MutexLock lock(&mutex_);
    unsynced_ = unsynced;
    seed_ = seed;
  }
  void Cut() {
    absl::MutexLock lock(&mutex_);
    cut_ = true;
  }
  bool IsCut() const {
    absl::MutexLock lock(&mutex_);
    return cut_;
  }
  int Syncs() const {
    absl::MutexLock lock(&mutex_);
    return syncs_;
  }
  int Writes() const {
    absl::MutexLock lock(&mutex_);
    return writes_;
  }

  void Open(const std::string& path) {
    absl::MutexLock lock(&mutex_);
    const auto [place, is_new] = files_.try_emplace(path);
    if (place->second.deleted) {
      place->second.deleted = false;
      place->second.pending.push_back({0, "", true});
    }
    if (!is_new || !std::filesystem::exists(path)) return;
    std::ifstream file(path, std::ios::binary);
    place->second.durable.assign(std::istreambuf_iterator<char>(file), {});
    place->second.exists = true;
  }

  // What a call gives: SQLITE_OK to do it truly.
  int Write(const std::string& path, Change change) {
    absl::MutexLock lock(&mutex_);
    if (cut_) return SQLITE_IOERR_WRITE;
    if (++writes_ == at_ && fault_ == Fault::kFailWrite) return SQLITE_FULL;
    files_[path].pending.push_back(std::move(change));
    return SQLITE_OK;
  }
  int Sync(const std::string& path) {
    absl::MutexLock lock(&mutex_);
    if (cut_) return SQLITE_IOERR_FSYNC;
    DiskFile& file = files_[path];
    if (++syncs_ == at_) {
      if (fault_ == Fault::kCutAtSync) cut_ = true;
      if (fault_ == Fault::kFailSync) file.pending.clear();
      if (fault_ == Fault::kCutAtSync || fault_ == Fault::kFailSync) {
        return SQLITE_IOERR_FSYNC;
      }
    }
    for (const Change& change : file.pending) Apply(change, file.durable);
    file.pending.clear();
    file.exists = true;
    // A file system keeps the order of what becomes of its names.
    std::erase_if(files_, [](const auto& each) { return each.second.deleted; });
    return SQLITE_OK;
  }
  int Delete(const std::string& path) {
    absl::MutexLock lock(&mutex_);
    if (cut_) return SQLITE_IOERR_DELETE;
    files_[path].deleted = true;
    files_[path].pending.clear();
    return SQLITE_OK;
  }

  void Restore() {
    absl::MutexLock lock(&mutex_);
    std::mt19937 random(seed_);
    for (auto& [path, file] : files_) WriteBack(path, file, random);
    files_.clear();
    cut_ = false;
    fault_ = Fault::kNone;
  }
  void Forget() {
    absl::MutexLock lock(&mutex_);
    files_.clear();
    cut_ = false;
    fault_ = Fault::kNone;
  }

 private:
  void WriteBack(const std::string& path, DiskFile& file, std::mt19937& random)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const Change& change : file.pending) {
      if (unsynced_ == Unsynced::kKept) Apply(change, file.durable);
      if (unsynced_ == Unsynced::kTorn) Tear(change, random, file.durable);
    }
    const bool undone = unsynced_ == Unsynced::kLost ||
                        (unsynced_ == Unsynced::kTorn && random() % 2 == 0);
    // The shared memory was never on the disk.
    std::filesystem::remove(path + "-shm");
    std::filesystem::remove(path);
    if (file.deleted && !undone) return;
    if (!file.exists && file.durable.empty()) return;
    std::ofstream out(path, std::ios::binary);
    out.write(file.durable.data(),
              static_cast<std::streamsize>(file.durable.size()));
  }

  mutable absl::Mutex mutex_;
  std::map<std::string, DiskFile> files_ ABSL_GUARDED_BY(mutex_);
  Fault fault_ ABSL_GUARDED_BY(mutex_) = Fault::kNone;
  int at_ ABSL_GUARDED_BY(mutex_) = 0;
  int syncs_ ABSL_GUARDED_BY(mutex_) = 0;
  int writes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool cut_ ABSL_GUARDED_BY(mutex_) = false;
  Unsynced unsynced_ ABSL_GUARDED_BY(mutex_) = Unsynced::kLost;
  uint32_t seed_ ABSL_GUARDED_BY(mutex_) = 0;
};

Disk& TheDisk() {
  static auto& disk = *new Disk();
  return disk;
}

// ------------------------------------------------------------ as SQLite has it

sqlite3_vfs* system_vfs = nullptr;

// The system's own file lies behind it.
struct OpenFile {
  sqlite3_file base;
  const std::string* path;  // Null for a file that is not on this disk.
};

OpenFile& Ours(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}
sqlite3_file* Inner(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(&Ours(file) + 1);
}

int Close(sqlite3_file* file) {
  delete Ours(file).path;
  return Inner(file)->pMethods->xClose(Inner(file));
}
int Read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  if (TheDisk().IsCut()) return SQLITE_IOERR_READ;
  return Inner(file)->pMethods->xRead(Inner(file), to, size, offset);
}
int Write(sqlite3_file* file, const void* from, int size,
          sqlite3_int64 offset) {
  if (Ours(file).path != nullptr) {
    const int result = TheDisk().Write(
        *Ours(file).path,
        {static_cast<size_t>(offset),
         std::string(static_cast<const char*>(from), static_cast<size_t>(size)),
         false});
    if (result != SQLITE_OK) return result;
  }
  return Inner(file)->pMethods->xWrite(Inner(file), from, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (Ours(file).path != nullptr) {
    const int result = TheDisk().Write(*Ours(file).path,
                                       {static_cast<size_t>(size), "", true});
    if (result != SQLITE_OK) return result;
  }
  return Inner(file)->pMethods->xTruncate(Inner(file), size);
}
int Sync(sqlite3_file* file, int /*flags*/) {
  return Ours(file).path == nullptr ? SQLITE_OK
                                    : TheDisk().Sync(*Ours(file).path);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Inner(file)->pMethods->xFileSize(Inner(file), size);
}
int Lock(sqlite3_file* file, int level) {
  return Inner(file)->pMethods->xLock(Inner(file), level);
}
int Unlock(sqlite3_file* file, int level) {
  return Inner(file)->pMethods->xUnlock(Inner(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* result) {
  return Inner(file)->pMethods->xCheckReservedLock(Inner(file), result);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  // Growing the file beforehand would write past this disk.
  if (operation == SQLITE_FCNTL_SIZE_HINT) return SQLITE_OK;
  return Inner(file)->pMethods->xFileControl(Inner(file), operation, argument);
}
int SectorSize(sqlite3_file* file) {
  return Inner(file)->pMethods->xSectorSize(Inner(file));
}
int Characteristics(sqlite3_file* file) {
  return Inner(file)->pMethods->xDeviceCharacteristics(Inner(file));
}
int ShmMap(sqlite3_file* file, int region, int size, int extend,
           void volatile** memory) {
  return Inner(file)->pMethods->xShmMap(Inner(file), region, size, extend,
                                        memory);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Inner(file)->pMethods->xShmLock(Inner(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) {
  Inner(file)->pMethods->xShmBarrier(Inner(file));
}
int ShmUnmap(sqlite3_file* file, int delete_it) {
  return Inner(file)->pMethods->xShmUnmap(Inner(file), delete_it);
}

// Without xFetch: nothing is read past this disk.
const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     Characteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
         int* out_flags) {
  OpenFile& ours = Ours(file);
  ours = OpenFile{{nullptr}, nullptr};
  if (TheDisk().IsCut()) return SQLITE_CANTOPEN;
  constexpr int kKept =
      SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  const bool is_kept = name != nullptr && (flags & kKept) != 0;
  if (is_kept) TheDisk().Open(name);
  const int result =
      system_vfs->xOpen(system_vfs, name, Inner(file), flags, out_flags);
  if (result != SQLITE_OK) return result;
  if (is_kept) ours.path = new std::string(name);
  ours.base.pMethods = &kMethods;
  return SQLITE_OK;
}

int Delete(sqlite3_vfs* /*vfs*/, const char* name, int sync_folder) {
  const int result = TheDisk().Delete(name);
  if (result != SQLITE_OK) return result;
  return system_vfs->xDelete(system_vfs, name, sync_folder);
}

sqlite3_vfs& OurVfs() {
  static auto& vfs = *new sqlite3_vfs();
  if (vfs.zName != nullptr) return vfs;
  system_vfs = sqlite3_vfs_find(nullptr);
  vfs = *system_vfs;  // The rest is the system's.
  vfs.zName = "unreliable";
  vfs.pNext = nullptr;
  vfs.szOsFile = static_cast<int>(sizeof(OpenFile)) + system_vfs->szOsFile;
  vfs.xOpen = Open;
  vfs.xDelete = Delete;
  return vfs;
}

}  // namespace

UnreliableDisk::UnreliableDisk() {
  TheDisk().Forget();
  EXPECT_EQ(sqlite3_vfs_register(&OurVfs(), /*makeDflt=*/1), SQLITE_OK);
}

UnreliableDisk::~UnreliableDisk() {
  sqlite3_vfs_register(system_vfs, /*makeDflt=*/1);
  sqlite3_vfs_unregister(&OurVfs());
}

int UnreliableDisk::Syncs() const { return TheDisk().Syncs(); }
int UnreliableDisk::Writes() const { return TheDisk().Writes(); }

void UnreliableDisk::CutAt(int sync, Unsynced unsynced, uint32_t seed) {
  TheDisk().DecideUnsynced(unsynced, seed);
  TheDisk().Plan(Fault::kCutAtSync, sync);
}
void UnreliableDisk::FailSyncAt(int sync) {
  TheDisk().Plan(Fault::kFailSync, sync);
}
void UnreliableDisk::FailWriteAt(int write) {
  TheDisk().Plan(Fault::kFailWrite, write);
}
void UnreliableDisk::BeReliable() { TheDisk().Plan(Fault::kNone, 0); }
void UnreliableDisk::Cut(Unsynced unsynced, uint32_t seed) {
  TheDisk().DecideUnsynced(unsynced, seed);
  TheDisk().Cut();
}
bool UnreliableDisk::IsCut() const { return TheDisk().IsCut(); }
void UnreliableDisk::Restore() { TheDisk().Restore(); }

}  // namespace stegvis::fault
