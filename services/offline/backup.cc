#include "services/offline/backup.h"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/private_folder.h"
#include "services/base/status_macros.h"
#include "services/offline/backup_examination.h"
#include "services/offline/backup_unpacking.h"
#include "services/offline/files.h"
#include "storage/store/check_seals.h"
#include "storage/store/erasure_log.h"
#include "storage/store/open.h"

namespace stegvis::offline {
namespace {

using storage::Store;
using storage::StoreOptions;

// Who did it, in the installation's audit log.
constexpr char kRestoreUser[] = "restore";
constexpr char kDatabaseFolder[] = "data";

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return errors::FileUnreadable();
  std::string content{std::istreambuf_iterator<char>(file), {}};
  // Of a folder nothing can be read.
  return file.bad() ? absl::StatusOr<std::string>(errors::FileUnreadable())
                    : content;
}

// The whole lines of a list.
std::string WholeLines(std::string content) {
  const size_t end = content.rfind('\n');
  content.resize(end == std::string::npos ? 0 : end + 1);
  return content;
}

// The list at `path`, as far as it is whole. It begins with `own`.
absl::StatusOr<std::string> ReadErasures(const std::string& path,
                                         const std::string& own) {
  ASSIGN_OR_RETURN(std::string content, ReadFile(path));
  RETURN_IF_ERROR(storage::ErasureLog::Parse(content).status());
  content = WholeLines(std::move(content));
  if (!absl::StartsWith(content, own)) return errors::ErasuresOlder();
  return content;
}

// The database is brought to this program's version; and to open it with an
// empty list, in memory, erases nobody.
absl::StatusOr<std::unique_ptr<Store>> OpenAsItWas(StoreOptions options,
                                                   int empty_list,
                                                   const Clock& clock) {
  options.erasures = absl::StrCat("/proc/self/fd/", empty_list);
  return storage::OpenStore(options, clock);
}

absl::StatusOr<Examined> ExamineAsItWas(
    const StoreOptions& options, int empty_list,
    const storage::v1::BackupManifest& manifest, const Clock& clock) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                   OpenAsItWas(options, empty_list, clock));
  absl::StatusOr<Examined> examined = ExamineRestored(*store, manifest);
  store->Stop();
  return examined;
}

absl::Status NoteRestore(Store& store) {
  return store.WriteAndWait([](storage::WriteTransaction& tx) {
    storage::AuditEntry entry;
    entry.user = kRestoreUser;
    entry.method = "Restore";
    return tx.AppendAudit(entry);
  });
}

// One backup. One thread.
class Proof {
 public:
  // `data` is the folder of the database; the whole is `unpacked`.
  Proof(const std::string& data, const std::string& key_source,
        const Unpacked& unpacked, const Clock& clock,
        const BackupProgress& progress)
      : options_{data, key_source},
        unpacked_(unpacked),
        clock_(clock),
        progress_(progress) {}

  // Proves it as it is and then erases by the list `erasures`, which stays.
  absl::StatusOr<BackupFinding> Run(const std::string& erasures) {
    finding_.made_at = absl::FromUnixMicros(unpacked_.manifest.made_at());
    ASSIGN_OR_RETURN(const Examined before, RunAsItWas());
    if (!finding_.problem.has_value()) {
      RETURN_IF_ERROR(EraseAgain(erasures, before));
    }
    return finding_;
  }

 private:
  absl::StatusOr<Examined> RunAsItWas() {
    const int list = memfd_create("erasures", MFD_CLOEXEC);
    if (list < 0) return errors::FileUnwritable();
    const absl::Cleanup closing = [list] { close(list); };
    // What does not open is named before anything is reckoned with.
    {
      ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                       OpenAsItWas(options_, list, clock_));
      store->Stop();
    }
    RETURN_IF_ERROR(CheckRecords());
    if (finding_.problem.has_value()) return Examined();
    RETURN_IF_ERROR(progress_(BackupStep::kReporting, 0, 0));
    ASSIGN_OR_RETURN(
        Examined examined,
        ExamineAsItWas(options_, list, unpacked_.manifest, clock_));
    finding_.problem = examined.problem;
    return examined;
  }

  absl::Status CheckRecords() {
    ASSIGN_OR_RETURN(const storage::SealCheck found,
                     storage::CheckSeals(options_, [this](int64_t records) {
                       return progress_(BackupStep::kOpening, records, 0);
                     }));
    finding_.records = found.records;
    finding_.participations = found.participations;
    if (found.unreadable > 0) {
      finding_.problem =
          BackupProblem{BackupProblem::Kind::kRecords, found.unreadable,
                        found.first_unreadable.front()};
    }
    return absl::OkStatus();
  }

  absl::Status EraseAgain(const std::string& erasures, const Examined& before) {
    RETURN_IF_ERROR(progress_(BackupStep::kErasing, 0, 0));
    RETURN_IF_ERROR(WriteNewFile(
        absl::StrCat(options_.data_directory, "/erasures.log"), erasures));
    ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                     storage::OpenStore(options_, clock_));
    RETURN_IF_ERROR(NoteRestore(*store));
    ASSIGN_OR_RETURN(const Examined after,
                     ExamineErasedAgain(*store, unpacked_.manifest, before));
    store->Stop();
    finding_.problem = after.problem;
    finding_.erased_again = after.erasures - before.erasures;
    return absl::OkStatus();
  }

  const StoreOptions options_;
  const Unpacked& unpacked_;
  const Clock& clock_;
  const BackupProgress& progress_;
  BackupFinding finding_;
};

// What makes it an installation comes last.
absl::Status WriteRest(const NewFolder& target, const std::string& key_source,
                       const std::string& settings) {
  ASSIGN_OR_RETURN(std::string keys, ReadFile(key_source));
  const absl::Cleanup forgetting = [&keys] {
    OPENSSL_cleanse(keys.data(), keys.size());
  };
  RETURN_IF_ERROR(WriteNewFile(target.Path("key-source"), keys));
  RETURN_IF_ERROR(SyncFolder(target.Path("data")));
  RETURN_IF_ERROR(SyncFolder(target.Path("")));
  RETURN_IF_ERROR(WriteNewFile(target.Path("stegvis.toml"), settings));
  return SyncFolder(target.Path(""));
}

}  // namespace

absl::StatusOr<BackupFinding> VerifyBackup(const std::string& folder,
                                           const std::string& key_source,
                                           const Clock& clock,
                                           const BackupProgress& progress) {
  ASSIGN_OR_RETURN(const std::unique_ptr<PrivateFolder> copy,
                   PrivateFolder::Make());
  ASSIGN_OR_RETURN(const Unpacked unpacked,
                   Unpack(folder, key_source, copy->Path(),
                          Unpacking::kDatabaseAlone, progress));
  return Proof(absl::StrCat(copy->Path(), "/", kDatabaseFolder), key_source,
               unpacked, clock, progress)
      .Run(unpacked.erasures);
}

absl::StatusOr<BackupFinding> RestoreBackup(const RestoreRequest& request,
                                            const Clock& clock,
                                            const BackupProgress& progress) {
  // What cannot be must be said before hours have passed.
  const absl::Status list = ReadErasures(request.erasures, "").status();
  if (!list.ok()) return AtField("erasures", list);
  ASSIGN_OR_RETURN(NewFolder target, NewFolder::Make(request.target));
  ASSIGN_OR_RETURN(const Unpacked unpacked,
                   Unpack(request.folder, request.key_source, target.Path(""),
                          Unpacking::kEverything, progress));
  const absl::StatusOr<std::string> erasures =
      ReadErasures(request.erasures, unpacked.erasures);
  if (!erasures.ok()) return AtField("erasures", erasures.status());
  ASSIGN_OR_RETURN(const BackupFinding finding,
                   Proof(target.Path(kDatabaseFolder), request.key_source,
                         unpacked, clock, progress)
                       .Run(*erasures));
  if (finding.problem.has_value()) return finding;
  RETURN_IF_ERROR(WriteRest(target, request.key_source, unpacked.settings));
  target.Keep();
  return finding;
}

}  // namespace stegvis::offline
