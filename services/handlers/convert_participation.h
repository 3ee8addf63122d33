// What is recorded of a participation, from domain to proto. See convert.h.
#pragma once

#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "services/domain/participation.h"
#include "stegvis/v1/participation.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Without identity.
v1::Participation ToProto(
    ForbundId forbund, const storage::Versioned<domain::Participation>& stored,
    const domain::CodeBook& codes);

// The same of what is not stored: without name, times and etag.
v1::Participation Unnamed(ForbundId forbund,
                          const domain::Participation& participation,
                          const domain::CodeBook& codes);

// The form in which it can be imported; who the person is, and the reference
// to the consent paper, only with `identities`.
v1::ParticipationRow ToRow(
    ForbundId forbund, const storage::Versioned<domain::Participation>& stored,
    bool identities);

// Who it is about.
v1::PersonIdentity IdentityOf(const domain::Participation& participation);

}  // namespace stegvis::handlers
