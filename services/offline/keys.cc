#include "services/offline/keys.h"

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/offline/files.h"
#include "services/offline/share_page.h"
#include "storage/seal/key_source.h"

namespace stegvis::offline {
namespace {

using Root = std::shared_ptr<const seal::VersionedKey>;

absl::StatusOr<Root> LoadRoot(const std::string& path) {
  ASSIGN_OR_RETURN(const seal::KeySource source, seal::KeySource::Load(path));
  // Neither the old key nor the new one opens everything.
  if (source.Keys().size() > 1) return errors::KeysRotating();
  return source.Newest();
}

absl::StatusOr<seal::VersionedKey> CombineFrom(const ShareSource& source) {
  ASSIGN_OR_RETURN(const std::vector<seal::KeyShare> shares, source());
  return seal::Combine(shares);
}

Drill::Outcome Compare(const seal::VersionedKey& given,
                       const seal::VersionedKey& known) {
  if (given.version < known.version) return Drill::Outcome::kOlder;
  if (given.version > known.version) return Drill::Outcome::kNewer;
  return given.key.Equals(known.key) ? Drill::Outcome::kWorks
                                     : Drill::Outcome::kOther;
}

}  // namespace

absl::StatusOr<std::vector<seal::SecretText>> MakeSharePages(
    const std::string& key_source, const seal::Sharing& sharing, Day made) {
  ASSIGN_OR_RETURN(const Root root, LoadRoot(key_source));
  ASSIGN_OR_RETURN(const std::vector<seal::KeyShare> shares,
                   seal::Split(*root, sharing));
  std::vector<seal::SecretText> pages;
  pages.reserve(shares.size());
  for (const seal::KeyShare& share : shares) {
    pages.push_back(SharePage(share, made));
  }
  return pages;
}

absl::Status WriteSharePages(absl::Span<const seal::SecretText> pages,
                             const std::string& folder) {
  ASSIGN_OR_RETURN(NewFolder made, NewFolder::Make(folder));
  for (size_t i = 0; i < pages.size(); ++i) {
    const std::string name = absl::StrCat("andel-", i + 1, ".txt");
    RETURN_IF_ERROR(WriteNewFile(made.Path(name), pages[i].View()));
  }
  RETURN_IF_ERROR(SyncFolder(made.Path("")));
  made.Keep();
  return absl::OkStatus();
}

absl::Status PrintSharePages(absl::Span<const seal::SecretText> pages,
                             int file) {
  for (size_t i = 0; i < pages.size(); ++i) {
    if (i > 0) RETURN_IF_ERROR(WriteWhole(file, "\f"));
    RETURN_IF_ERROR(WriteWhole(file, pages[i].View()));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> RecoverKeySource(const std::string& key_source,
                                          const ShareSource& shares) {
  std::error_code error;
  const auto there = std::filesystem::symlink_status(key_source, error);
  if (std::filesystem::exists(there)) return errors::KeySourceExists();
  ASSIGN_OR_RETURN(const seal::VersionedKey root, CombineFrom(shares));
  RETURN_IF_ERROR(seal::KeySource::Write(key_source, root));
  return root.version;
}

absl::StatusOr<Drill> DrillShares(const std::string& key_source,
                                  const ShareSource& shares) {
  ASSIGN_OR_RETURN(const Root known, LoadRoot(key_source));
  ASSIGN_OR_RETURN(const seal::VersionedKey given, CombineFrom(shares));
  return Drill{Compare(given, *known), given.version, known->version};
}

}  // namespace stegvis::offline
