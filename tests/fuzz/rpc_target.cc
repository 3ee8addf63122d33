// Every RPC, called by callers of every role, in a real server over TLS.
#include <google/protobuf/stubs/logging.h>

#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/fuzz/rpc_answer.h"
#include "tests/fuzz/rpc_mutation.h"
#include "tests/fuzz/rpc_world.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

constexpr size_t kMostCalls = 12;
constexpr int kInputsInAWorld = 100;
constexpr int kInputsBetweenProofs = 50;

// Counts answers, and prints them when the program ends: whoever reads the run
// sees whether it came anywhere.
class Tally {
 public:
  Tally() = default;
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;
  ~Tally() {
    for (const auto& [what, times] : times_) {
      std::clog << "  " << what << ": " << times << "\n";
    }
  }

  void Add(const std::string& method, const grpc::Status& status) {
    ++times_[absl::StrCat(method, status.ok() ? " done" : " refused")];
    if (!status.ok()) ++times_[absl::StrCat("- ", ReasonTold(status))];
  }

 private:
  std::map<std::string, int> times_;
};

// The world, and what was done to it: a crash may need what went before.
class Calls {
 public:
  Calls() : journal_(ScratchFolder() + "/calls") {}

  void Make(const RpcCall& call) {
    journal_ << TextOf({call}) << std::flush;
    RpcQuestion question{*FindMethod(call.method), {}};
    std::vector<std::string> bytes;
    for (const std::string& text : call.messages) {
      bytes.push_back(Bytes(text, question));
    }
    const RpcAnswer answer = world_.Call(call.user, question.method, bytes);
    ExpectSoundAnswer(question, answer, world_.TakeLog());
    static Tally tally;
    tally.Add(call.method, answer.status);
  }

  void ExpectSoundLogs() { world_.ExpectSoundLogs(); }

 private:
  // As it is sent; the message it is, or is not, goes into `question`.
  std::string Bytes(const std::string& text, RpcQuestion& question) {
    std::string bytes;
    OwnedMessage request;
    if (absl::StartsWith(text, kRawBytes)) {
      bytes = absl::HexStringToBytes(EvenHex(text.substr(kRawBytes.size())));
      request = RequestFrom(question.method, "");
    } else {
      request = RequestFrom(question.method, text);
      world_.Resolve(*request);
      bytes = request->SerializeAsString();
    }
    if (!request->ParseFromString(bytes)) question.all_messages = false;
    question.requests.push_back(std::move(request));
    return bytes;
  }

  static std::string EvenHex(absl::string_view text) {
    std::string hex;
    for (const char c : text) {
      if (absl::ascii_isxdigit(static_cast<unsigned char>(c))) hex += c;
    }
    if (hex.size() % 2 != 0) hex.pop_back();
    return hex;
  }

  std::ofstream journal_;
  RpcWorld world_;
};

bool IsUser(absl::string_view user) {
  for (const absl::string_view known : kUsers) {
    if (known == user) return true;
  }
  return false;
}

void ReadCalls(absl::string_view input) {
  static int inputs = 0;
  static auto& calls = *new std::unique_ptr<Calls>;
  if (inputs % kInputsInAWorld == 0) {
    calls.reset();
    calls = std::make_unique<Calls>();
  }
  if (++inputs % kInputsBetweenProofs == 0) calls->ExpectSoundLogs();
  size_t made = 0;
  for (const RpcCall& call : ParseCalls(input)) {
    if (!IsUser(call.user)) continue;
    if (++made > kMostCalls) break;
    calls->Make(call);
  }
}

}  // namespace

std::vector<Target> RpcTargets() {
  google::protobuf::SetLogHandler(nullptr);  // It tells of every bad text.
  return {{"rpc", ReadCalls, MutateCalls, /*serves=*/true}};
}

}  // namespace stegvis::fuzz
