// Errors of the installation: its database, its keys, its files; and of what
// leaves it, sealed or published.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/make_error.h"

namespace stegvis::errors {

absl::Status SchemaTooNew() {
  return Forbidden("SCHEMA_TOO_NEW",
                   "A newer Stegvis wrote this database. Install that one.");
}

absl::Status SchemaChanged() {
  return Forbidden("SCHEMA_CHANGED",
                   "The database's tables are not those of any Stegvis. "
                   "Restore a backup.");
}

absl::Status DatabaseInUse() {
  return Forbidden("DATABASE_IN_USE",
                   "Another server uses this database. Stop it first.");
}

absl::Status DatabaseAway() {
  return Fail(absl::StatusCode::kUnavailable, "DATABASE_AWAY",
              "The database does not answer. Send the same again later.");
}

absl::Status ConfigurationInvalid(absl::string_view key,
                                  absl::string_view nearest_known) {
  return Forbidden(
      "CONFIGURATION_INVALID",
      absl::StrCat("Unknown or invalid setting ", key,
                   " in stegvis.toml. Nearest known: ", nearest_known, "."));
}

absl::Status KeySourceMissing() {
  return Forbidden("KEY_SOURCE_MISSING",
                   "There is no key source. Check key_source in stegvis.toml.");
}

absl::Status KeySourceUnreadable() {
  return Forbidden("KEY_SOURCE_UNREADABLE",
                   "The key source cannot be read, is not a key source, or "
                   "others may read it. Check the file and its rights.");
}

absl::Status KeySourceWrong() {
  return Forbidden("KEY_SOURCE_WRONG",
                   "The key source does not open this installation's keys. "
                   "Use its own.");
}

absl::Status KeySourceExists() {
  return Forbidden("KEY_SOURCE_EXISTS",
                   "A file lies there already. Move it away first.");
}

absl::Status KeysRotating() {
  return Forbidden("KEYS_ROTATING",
                   "The keys are being rotated. Wait until that has ended.");
}

absl::Status KeyShareGroupWrong() {
  return Invalid("KEY_SHARE_GROUP_WRONG",
                 "A group does not fit its check digit. Compare the paper.");
}

absl::Status KeyShareIncomplete() {
  return Invalid("KEY_SHARE_INCOMPLETE",
                 "The share ends too early. Add the groups that are missing.");
}

absl::Status KeyShareUnreadable() {
  return Invalid("KEY_SHARE_UNREADABLE",
                 "The groups make no share together. Compare the paper.");
}

absl::Status KeySharesTooFew() {
  return Forbidden("KEY_SHARES_TOO_FEW",
                   "The shares are too few. Each says how many are needed.");
}

absl::Status KeySharesMixed() {
  return Forbidden("KEY_SHARES_MIXED",
                   "The shares were not made together. Use those of one set.");
}

absl::Status KeyShareTwice() {
  return Forbidden("KEY_SHARE_TWICE",
                   "One share is there twice. Use different ones.");
}

absl::Status KeySharesWrong() {
  return Forbidden("KEY_SHARES_WRONG",
                   "The shares do not give the key. Try with other ones.");
}

absl::Status ErasuresBroken() {
  return Forbidden("ERASURES_BROKEN",
                   "The list of erasures is damaged. Put its copy back.");
}

absl::Status ErasuresOlder() {
  return Forbidden("ERASURES_OLDER",
                   "The list of erasures does not begin with the backup's own. "
                   "Use the newest list of this installation.");
}

absl::Status BackupDamaged() {
  return Forbidden("BACKUP_DAMAGED",
                   "The backup is damaged or not whole. Use another one.");
}

absl::Status FileUnreadable() {
  return Forbidden("FILE_UNREADABLE",
                   "A file cannot be read. Check its name and its rights.");
}

absl::Status FileUnwritable() {
  return Fail(absl::StatusCode::kResourceExhausted, "FILE_UNWRITABLE",
              "A file could not be written. Check the folder and the disk.");
}

absl::Status FolderNotEmpty() {
  return Forbidden("FOLDER_NOT_EMPTY",
                   "The folder has something in it. Name an empty or new one.");
}

absl::Status DiskFull() {
  return Fail(absl::StatusCode::kResourceExhausted, "DISK_FULL",
              "The disk is full; nothing was written. Make room, send again.");
}

absl::Status RecordUnreadable() {
  return Fail(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE",
              "The record's seal does not open. Restore it from a backup.");
}

absl::Status UnreadableRecords(const std::vector<std::string>& names) {
  std::vector<Fault> faults;
  faults.reserve(names.size());
  for (const std::string& name : names) {
    faults.push_back({name, "RECORD_UNREADABLE"});
  }
  return WithFaults(
      Forbidden("UNREADABLE_RECORDS",
                "Records do not open. Restore them from a backup first."),
      faults);
}

absl::Status YearNotEnded() {
  return Forbidden(
      "YEAR_NOT_ENDED",
      "The year has not ended. Seal or publish its report when it has.");
}

absl::Status EnvelopeInvalid() {
  return Forbidden("ENVELOPE_INVALID",
                   "Not a sealed report, or not whole. Get it again.");
}

absl::Status PublicKeyInvalid() {
  return Forbidden("PUBLIC_KEY_INVALID",
                   "Not an Ed25519 public key as PEM. Name another file.");
}

absl::Status KeyDiffers() {
  return Forbidden("KEY_DIFFERS",
                   "It is signed with another key. Get the right one.");
}

absl::Status SignatureInvalid() {
  return Forbidden("SIGNATURE_INVALID",
                   "The signature does not fit. Somebody changed the file.");
}

absl::Status FormatTooNew() {
  return Forbidden("FORMAT_TOO_NEW",
                   "A newer Stegvis wrote it. Upgrade this one.");
}

absl::Status ReleaseInvalid() {
  return Invalid("RELEASE_INVALID",
                 "The report is not made for publication of the nation's "
                 "year. Announce what disclosure control gave.");
}

absl::Status ReleaseUnsafe() {
  return Forbidden("RELEASE_UNSAFE",
                   "Small counts could be worked out of what would be "
                   "published, or of that and what is out already, and no way "
                   "to withhold them was found.");
}

absl::Status ReleaseUnderWay() {
  return Fail(absl::StatusCode::kAborted, "RELEASE_UNDER_WAY",
              "Another release is being made. Try again when it is done.");
}

absl::Status ReleaseOfOtherLevel() {
  return Forbidden("RELEASE_OF_OTHER_LEVEL",
                   "The nation's release of the year is out, or a förbund's. "
                   "This one cannot be held against it: one of them was made "
                   "elsewhere, has changed since, or does not add up with the "
                   "other.");
}

absl::Status ReleaseDiffers() {
  return Forbidden("RELEASE_DIFFERS",
                   "Another release of the nation is out for the year. It "
                   "stands.");
}

absl::Status ProofElsewhere() {
  return Fail(absl::StatusCode::kNotFound, "PROOF_ELSEWHERE",
              "The proof is kept where the release was made. Ask there.");
}

}  // namespace stegvis::errors
