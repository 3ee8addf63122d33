// Handles the rows of ImportCounts. See participation_import.h for what all
// imports promise.
#pragma once

#include <map>
#include <tuple>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/domain/counts.h"
#include "services/handlers/import_stream.h"
#include "stegvis/v1/count.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A row replaces the figure known before. NOT_PERMITTED unless its insats is
// covered by the role forbund_admin, importer, when migrating operator, or, for
// anonymous counts, samordnare. A migrated row is refused with KNOWN_LATER when
// a later version is known.
class CountImport {
 public:
  // `clock` must outlive the import.
  CountImport(const domain::CodeBook& /*codes*/, const Clock& clock)
      : clock_(clock) {}

  absl::Status Begin(const access::Caller& caller,
                     const v1::ImportOptions& options);
  absl::Status Apply(const access::Caller& caller, const v1::CountRows& rows,
                     storage::WriteTransaction& tx,
                     v1::ImportProgress& progress) const;
  absl::Status Check(const access::Caller& caller, const v1::CountRows& rows,
                     storage::ReadTransaction& tx,
                     v1::ImportProgress& progress);

  // A count as it is known, by insats, kind and year.
  struct Known {
    domain::Count count;
    absl::Time known_from;
  };
  using Key = std::tuple<InsatsKey, domain::CountKind, int>;
  using Memory = std::map<Key, Known>;

 private:
  const Clock& clock_;
  ImportMode mode_;
  Memory memory_;  // What a dry run would have recorded.
};

}  // namespace stegvis::handlers
