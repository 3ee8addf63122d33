// Handles the rows of ImportParticipations, one object per stream.
//
// In all imports: Begin comes first; then, for each message of rows, either
// Apply in one Store::Write (it may run again: all it leaves is in the
// transaction and in `progress`, which it makes anew) or, for a dry run, Check
// in one Store::Read, once. Every row succeeds or is refused by itself, with
// all its faults by paths within the row and one entry in the audit log; a
// message fails as a whole only with TOO_MANY_ROWS and when the store does.
// After Begin, Apply may run on several threads at once; Check on one.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/import_stream.h"
#include "stegvis/v1/participation.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class ImportMemory;

// A row is refused with NOT_PERMITTED unless its insats is covered by the role
// importer, samordnare or, when migrating, operator; with NOT_YOURS when an
// importer would add to what another user registered. A migrated row is refused
// with KNOWN_LATER when a later version is known.
class ParticipationImport {
 public:
  // Both must outlive the import.
  ParticipationImport(const domain::CodeBook& codes, const Clock& clock);
  ParticipationImport(ParticipationImport&&) noexcept;
  ~ParticipationImport();

  // PERMISSION_DENIED to migrate without the role operator.
  absl::Status Begin(const access::Caller& caller,
                     const v1::ImportOptions& options);

  absl::Status Apply(const access::Caller& caller,
                     const v1::ParticipationRows& rows,
                     storage::WriteTransaction& tx,
                     v1::ImportProgress& progress) const;

  // As Apply, but writes nothing: what it would have recorded is remembered,
  // so that duplicates and overlaps within a file are found.
  absl::Status Check(const access::Caller& caller,
                     const v1::ParticipationRows& rows,
                     storage::ReadTransaction& tx,
                     v1::ImportProgress& progress);

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
  ImportMode mode_;
  std::unique_ptr<ImportMemory> memory_;  // Of a dry run.
};

}  // namespace stegvis::handlers
