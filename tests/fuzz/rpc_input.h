// Calls as text, so that people can read and write what a fuzzer tries:
//
//   USER METHOD MESSAGE
//
// one line a call, MESSAGE in protobuf's text format or as `hex:` and bytes
// that need not be any message. The messages of a stream stand one after the
// other with ` <tab>` between. In a message's texts `$forbund` and the like
// stand for what only a running server knows; see rpc_world.h.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::fuzz {

inline constexpr absl::string_view kRawBytes = "hex:";

struct RpcCall {
  std::string user;
  std::string method;                 // `CreateForbund`
  std::vector<std::string> messages;  // Texts as above.
};

using OwnedMessage = std::unique_ptr<google::protobuf::Message>;

// Every RPC of every service, by name; null when there is none.
const google::protobuf::MethodDescriptor* FindMethod(absl::string_view name);
const std::vector<std::string>& AllMethodNames();

// Lines that are no calls are passed over.
std::vector<RpcCall> ParseCalls(absl::string_view text);
std::string TextOf(const std::vector<RpcCall>& calls);

// A message of the method's requests, as far as `text` is one.
OwnedMessage RequestFrom(const google::protobuf::MethodDescriptor& method,
                         absl::string_view text);
std::string TextOf(const google::protobuf::Message& message);

}  // namespace stegvis::fuzz
