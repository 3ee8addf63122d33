// From our errors to what a client sees.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace stegvis::server {

// The status with its details: google.rpc.Status with exactly one ErrorInfo
// (domain `stegvis`) and, for input, one BadRequest that names every fault.
//
// An error without a reason of ours is a bug: its words may come from anywhere
// (a driver, a library), so they are left out and BUG is told.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace stegvis::server
