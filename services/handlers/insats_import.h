// Handles the rows of ImportInsatser. See participation_import.h for what all
// imports promise.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/import_stream.h"
#include "stegvis/v1/insats.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A row with a title that is known must be equal to that insats; else it is
// refused with DIFFERS_FROM_RECORDED at every field that differs. NOT_PERMITTED
// unless the förbund is covered by the role forbund_admin or, when migrating,
// operator.
class InsatsImport {
 public:
  // Both must outlive the import.
  InsatsImport(const domain::CodeBook& codes, const Clock& clock)
      : codes_(codes), clock_(clock) {}

  absl::Status Begin(const access::Caller& caller,
                     const v1::ImportOptions& options);
  absl::Status Apply(const access::Caller& caller, const v1::InsatsRows& rows,
                     storage::WriteTransaction& tx,
                     v1::ImportProgress& progress) const;
  absl::Status Check(const access::Caller& caller, const v1::InsatsRows& rows,
                     storage::ReadTransaction& tx,
                     v1::ImportProgress& progress);

  // Insatser by förbund and title.
  using ByTitle = std::map<std::pair<ForbundId, std::string>, domain::Insats>;

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
  ImportMode mode_;
  ByTitle memory_;  // What a dry run would have recorded.
};

}  // namespace stegvis::handlers
