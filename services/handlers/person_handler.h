// Handles PersonService: who stands behind a participation. The pipeline audits
// each call before its answer leaves. See forbund_handler.h for what all
// handlers promise.
#pragma once

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "stegvis/v1/person.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class PersonHandler {
 public:
  // Both must outlive the handler.
  PersonHandler(const domain::CodeBook& codes, const Clock& clock)
      : codes_(codes), clock_(clock) {}

  // A samordnare finds what is in assigned insatser, dataskydd all in the
  // förbund. INVALID_ARGUMENT at `person_number`.
  absl::Status FindPerson(const access::Caller& caller,
                          const v1::FindPersonRequest& request,
                          storage::ReadTransaction& tx,
                          v1::FindPersonResponse& response) const;

  // INVALID_ARGUMENT at `purpose`.
  absl::Status RevealPerson(const access::Caller& caller,
                            const v1::RevealPersonRequest& request,
                            storage::ReadTransaction& tx,
                            v1::PersonIdentity& response) const;

  // Of every insats of the förbund. INVALID_ARGUMENT at `person_number`.
  absl::Status ExtractPerson(const access::Caller& caller,
                             const v1::ExtractPersonRequest& request,
                             storage::ReadTransaction& tx,
                             v1::PersonExtract& response) const;

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
};

}  // namespace stegvis::handlers
