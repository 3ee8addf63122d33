#include "tests/fuzz/rpc_input.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/access/methods.h"

namespace stegvis::fuzz {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::TextFormat;

// Printed texts hold tabs as `\t` only.
constexpr absl::string_view kBetween = " \t";

class Silence final : public google::protobuf::io::ErrorCollector {
  // Protobuf's name. NOLINTNEXTLINE(readability-identifier-naming)
  void AddError(int /*line*/, int /*column*/,
                const std::string& /*message*/) override {}
};

}  // namespace

const std::vector<std::string>& AllMethodNames() {
  static const auto& names = *[] {
    auto* all = new std::vector<std::string>;
    for (const access::Method* method : access::AllMethods()) {
      all->emplace_back(method->name.Text());
    }
    return all;
  }();
  return names;
}

const MethodDescriptor* FindMethod(absl::string_view name) {
  for (const access::Method* method : access::AllMethods()) {
    if (method->name.Text() != name) continue;
    return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        absl::StrCat("stegvis.v1.", method->service.Text(), ".", name));
  }
  return nullptr;
}

std::vector<RpcCall> ParseCalls(absl::string_view text) {
  std::vector<RpcCall> calls;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(' ', 2));
    if (parts.size() < 2 || FindMethod(parts[1]) == nullptr) continue;
    RpcCall call{parts[0], parts[1], {}};
    const std::string messages = parts.size() == 3 ? parts[2] : "";
    call.messages = absl::StrSplit(messages, kBetween);
    calls.push_back(std::move(call));
  }
  return calls;
}

std::string TextOf(const std::vector<RpcCall>& calls) {
  std::string text;
  for (const RpcCall& call : calls) {
    absl::StrAppend(&text, call.user, " ", call.method, " ",
                    absl::StrJoin(call.messages, kBetween), "\n");
  }
  return text;
}

OwnedMessage RequestFrom(const MethodDescriptor& method,
                         absl::string_view text) {
  OwnedMessage message(google::protobuf::MessageFactory::generated_factory()
                           ->GetPrototype(method.input_type())
                           ->New());
  Silence silence;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&silence);
  parser.AllowPartialMessage(true);
  parser.MergeFromString(std::string(text), message.get());
  return message;
}

std::string TextOf(const Message& message) {
  TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(message, &text);
  return text;
}

}  // namespace stegvis::fuzz
