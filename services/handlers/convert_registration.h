// What is said of a participation, from proto to domain. See convert.h.
#pragma once

#include "absl/status/statusor.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/domain/participation.h"
#include "services/handlers/reading.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::handlers {

// Around what is read: questions are named within a förbund, and the century
// of a ten-digit number depends on the day.
struct ReadingContext {
  ForbundId forbund;
  Day today;
};

// Paths of faults are those of the message.
domain::Registration ReadRegistration(const v1::Registration& message,
                                      const ReadingContext& context,
                                      Reading& reading);
// Paths from `date` on. An unreadable day becomes `instead`.
domain::Exit ReadExit(const v1::Exit& message, const ReadingContext& context,
                      Day instead, Reading& reading);
domain::FollowUp ReadFollowUp(const v1::FollowUp& message, Day instead,
                              Reading& reading);

// The registration in `message`, its missing values filled in, once nothing is
// wrong with it whatever is stored; else every fault, by the message's paths.
// `migrating`: an empty support before means unknown, which `support_unknown`
// then tells.
struct CheckedRegistration {
  domain::Registration registration;
  bool support_unknown = false;
};
absl::StatusOr<CheckedRegistration> ReadAndCheck(
    const v1::Registration& message, const domain::Surroundings& around,
    bool migrating);

}  // namespace stegvis::handlers
