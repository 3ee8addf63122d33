// Insatser between proto and domain. See convert.h.
#pragma once

#include "services/base/ids.h"
#include "services/domain/insats.h"
#include "services/handlers/reading.h"
#include "stegvis/v1/insats.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Paths of faults are those of the message.
domain::Insats ReadInsats(const v1::Insats& message, InsatsId id,
                          Reading& reading);

v1::Insats ToProto(ForbundId forbund,
                   const storage::Versioned<domain::Insats>& stored);

domain::MethodQuestions ReadMethodQuestions(
    const v1::ProposeMethodRequest& message);
v1::ProposeMethodResponse ToProto(const domain::MethodProposal& proposal);

}  // namespace stegvis::handlers
