#include "tests/fuzz/rpc_answer.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "stegvis/v1/annotations.pb.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

using google::protobuf::FieldDescriptor;

// Fewer digits may stand in a moment or an id by chance.
constexpr size_t kTellingDigits = 10;

// The digits of what a person wrote, when they are as many as a number's.
std::string Digits(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) digits += c;
  }
  return digits.size() >= kTellingDigits ? digits : "";
}

void ExpectNothingPersonal(const RpcQuestion& question,
                           const std::string& said) {
  Expect(!absl::StrContains(said, kCanary), "a marked name is not said");
  for (const OwnedMessage& request : question.requests) {
    ForEachText(*request, [&](const FieldDescriptor& field,
                              const std::string& text) {
      const bool personal = field.options().GetExtension(v1::sensitivity) ==
                            v1::SENSITIVITY_PERSONAL;
      const std::string digits = personal ? Digits(text) : "";
      if (digits.empty()) return;
      Expect(!absl::StrContains(said, digits) &&
                 !absl::StrContains(said, digits.substr(digits.size() - 10)),
             "a number is not said");
    });
  }
}

void ExpectOneReason(const grpc::Status& status) {
  google::rpc::Status details;
  Expect(details.ParseFromString(status.error_details()) &&
             details.code() == status.error_code(),
         "an error has details that fit");
  int reasons = 0;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest refused;
    if (detail.UnpackTo(&info)) {
      ++reasons;
      Expect(info.domain() == "stegvis", "the reason is ours");
      Expect(IsKnownReason(info.reason()), "the reason is known");
      Expect(info.reason() != "BUG", "no request is a fault of the program");
    } else if (detail.UnpackTo(&refused)) {
      for (const auto& violation : refused.field_violations()) {
        Expect(IsKnownReason(violation.reason()), "a fault's reason is known");
      }
    }
  }
  Expect(reasons == 1, "an error has one reason");
}

// Which errors a method gives shows libFuzzer where an input has come.
void NoticeReasons(const RpcQuestion& question, const grpc::Status& status) {
  const std::string& method = question.method.name();
  Notice(absl::StrCat(method, " ", status.error_code()));
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest refused;
    if (detail.UnpackTo(&info)) Notice(absl::StrCat(method, info.reason()));
    if (!detail.UnpackTo(&refused)) continue;
    for (const auto& violation : refused.field_violations()) {
      Notice(absl::StrCat(method, violation.field(), violation.reason()));
    }
  }
}

void ExpectExplained(const RpcQuestion& question, const grpc::Status& status) {
  if (status.ok()) return;
  Expect(status.error_code() != grpc::DEADLINE_EXCEEDED,
         "answers come in time");
  // What is no message never reaches us: gRPC answers by itself.
  if (!question.all_messages && status.error_details().empty()) return;
  switch (status.error_code()) {
    case grpc::INTERNAL:
    case grpc::UNKNOWN:
    case grpc::DATA_LOSS:
    case grpc::UNIMPLEMENTED:
    case grpc::UNAUTHENTICATED:
      return Expect(
          false, absl::StrCat("no request gives code ", status.error_code()));
    default:
      ExpectOneReason(status);
  }
}

}  // namespace

std::string ReasonTold(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "";
}

void ExpectSoundAnswer(const RpcQuestion& question, const RpcAnswer& answer,
                       const std::string& log) {
  NoticeReasons(question, answer.status);
  ExpectExplained(question, answer.status);
  ExpectNothingPersonal(question, log);
  ExpectNothingPersonal(question, absl::StrCat(answer.status.error_message(),
                                               answer.status.error_details()));
}

}  // namespace stegvis::fuzz
