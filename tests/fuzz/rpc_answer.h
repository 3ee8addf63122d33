// What every answer of the server owes, whatever it was asked.
#pragma once

#include <string>
#include <vector>

#include "tests/fuzz/rpc_input.h"
#include "tests/fuzz/rpc_world.h"

namespace stegvis::fuzz {

// The requests of one call, as sent; null where bytes were no message.
struct RpcQuestion {
  const google::protobuf::MethodDescriptor& method;
  std::vector<OwnedMessage> requests;
  bool all_messages = true;
};

// Ends the program unless the answer is one of ours: no fault of the program,
// an error with one reason that is known, and nothing that a person said or is
// in an error or in `log`.
void ExpectSoundAnswer(const RpcQuestion& question, const RpcAnswer& answer,
                       const std::string& log);

// The reason of an error; empty when it has none of ours.
std::string ReasonTold(const grpc::Status& status);

// A word that begins every marked name: it is never said in an error or a log.
inline constexpr absl::string_view kCanary = "Kanarie";

}  // namespace stegvis::fuzz
