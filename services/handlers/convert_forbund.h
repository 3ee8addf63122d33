// Förbund and questions between proto and domain. See convert.h.
#pragma once

#include "services/base/ids.h"
#include "services/domain/forbund.h"
#include "services/handlers/reading.h"
#include "stegvis/v1/forbund.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Paths of faults are those of the message.
domain::Forbund ReadForbund(const v1::Forbund& message, ForbundId id,
                            Reading& reading);
domain::Question ReadQuestion(const v1::Question& message, QuestionId id,
                              Reading& reading);

v1::Forbund ToProto(const storage::Versioned<domain::Forbund>& stored);

// The same of what is not stored: without name, times and etag.
v1::Forbund Unnamed(const domain::Forbund& forbund);

v1::Question ToProto(ForbundId forbund,
                     const storage::Versioned<domain::Question>& stored);

}  // namespace stegvis::handlers
