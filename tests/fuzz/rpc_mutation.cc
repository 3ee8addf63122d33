#include "tests/fuzz/rpc_mutation.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/fuzz/rpc_answer.h"
#include "tests/fuzz/rpc_input.h"
#include "tests/fuzz/rpc_world.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's own.
extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t capacity);

namespace stegvis::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMostCalls = 8;

const std::vector<std::string>& Texts() {
  static const auto& texts = *new std::vector<std::string>{
      "",
      "$forbund",
      "$insats",
      "$volume",
      "$ongoing",
      "$ended",
      "$question",
      "$etag",
      "$new",
      "$last",
      "$page",
      "forbund/-",
      "forbund/018c2f9e-0000-7000-8000-000000000000",
      "admin",
      "samordnare",
      "198505052384",
      "19720315-4179",
      "900101-1007",
      "8505052384",
      "197707831231",
      "2020-02-03",
      "2020-02-29",
      "1800-01-01",
      "2199-12-31",
      "2026-11-30",
      "2015-09-01",
      "2020-05-31T12:00:00Z",
      "9999-12-31T23:59:59.999999999Z",
      "0180",
      "sjukpenning",
      "ingen_offentlig",
      "uppgift_saknas",
      "enligt_plan",
      "skrivfel",
      "registrering",
      "avliden",
      "felregistrering",
      "gymnasium",
      "arbetsformedlingen",
      "begaran",
      "gallring",
      "skyddade_uppgifter",
      "SEX",
      "AGE_GROUP",
      "INSATS",
      "women",
      "20-24",
      "Kanariefågel",
      "a=b\nc=d",
      std::string("nul\0nul", 7),
      "\xC3\x28",
      "A\xCC\x8A",
      std::string(4001, 'x'),
      "*",
      "title",
      "registration.exit",
      "registration.entry.date",
      "registration.person.person_number",
      "display_name"};
  return texts;
}

// A number of any type of field, often at an edge.
double AnyNumber(std::mt19937& chance) {
  constexpr double kNumbers[] = {
      0,      1,       -1,   2,    6,   12,      13,           50,
      80,     80.5,    100,  101,  499, 500,     501,          1000,
      2004,   2020,    2026, 2199, 1e6, 1e6 + 1, 2147483647.0, -2147483648.0,
      9.2e18, -9.2e18, 4e9};
  return kNumbers[chance() % std::size(kNumbers)];
}

template <typename T>
T Fitting(double number) {
  if (number >= static_cast<double>(std::numeric_limits<T>::max())) {
    return std::numeric_limits<T>::max();
  }
  if (number <= static_cast<double>(std::numeric_limits<T>::lowest())) {
    return std::numeric_limits<T>::lowest();
  }
  return static_cast<T>(number);
}

class Changer {
 public:
  explicit Changer(unsigned seed) : chance_(seed) {}

  std::string Change(absl::string_view input);

 private:
  size_t Below(size_t limit) { return limit == 0 ? 0 : chance_() % limit; }
  bool OneIn(size_t often) { return Below(often) == 0; }

  void ChangeCalls(std::vector<RpcCall>& calls);
  RpcCall AnyCall();
  void ChangeMessage(RpcCall& call);
  void ChangeBytes(const google::protobuf::MethodDescriptor& method,
                   std::string& text);
  void ChangeField(Message& message, int depth);
  void SetField(Message& message, const FieldDescriptor& field);
  void AddElement(Message& message, const FieldDescriptor& field);
  void ChangeRepeated(Message& message, const FieldDescriptor& field,
                      int depth);
  std::string ChangedText(const std::string& text);
  std::string ChangedBytes(const std::string& bytes);

  std::mt19937 chance_;
};

std::string Changer::ChangedBytes(const std::string& bytes) {
  std::string changed = bytes;
  changed.resize(bytes.size() + 16);
  changed.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(changed.data()),
                                  bytes.size(), changed.size()));
  return changed;
}

std::string Changer::ChangedText(const std::string& text) {
  return OneIn(3) ? ChangedBytes(text) : Texts()[Below(Texts().size())];
}

void Changer::SetField(Message& message, const FieldDescriptor& field) {
  const Reflection& fields = *message.GetReflection();
  const double number = AnyNumber(chance_);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return fields.SetString(&message, &field,
                              ChangedText(fields.GetString(message, &field)));
    case FieldDescriptor::CPPTYPE_INT32:
      return fields.SetInt32(&message, &field, Fitting<int32_t>(number));
    case FieldDescriptor::CPPTYPE_INT64:
      return fields.SetInt64(&message, &field, Fitting<int64_t>(number));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return fields.SetDouble(
          &message, &field,
          OneIn(5) ? std::numeric_limits<double>::quiet_NaN() : number);
    case FieldDescriptor::CPPTYPE_BOOL:
      return fields.SetBool(&message, &field, OneIn(2));
    case FieldDescriptor::CPPTYPE_ENUM:
      return fields.SetEnumValue(&message, &field,
                                 static_cast<int>(Below(10)) - 1);
    default:  // The protocol has no others.
      return fields.ClearField(&message, &field);
  }
}

void Changer::AddElement(Message& message, const FieldDescriptor& field) {
  const Reflection& fields = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    Message& added = *fields.AddMessage(&message, &field);
    const int before = fields.FieldSize(message, &field) - 1;
    if (before > 0 && OneIn(2)) {
      added.CopyFrom(fields.GetRepeatedMessage(message, &field, before - 1));
    } else {
      ChangeField(added, 0);
    }
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    fields.AddString(&message, &field, Texts()[Below(Texts().size())]);
  }
}

void Changer::ChangeRepeated(Message& message, const FieldDescriptor& field,
                             int depth) {
  const Reflection& fields = *message.GetReflection();
  const int size = fields.FieldSize(message, &field);
  if (size == 0 || OneIn(3)) return AddElement(message, field);
  if (OneIn(4)) return fields.RemoveLast(&message, &field);
  const int at = static_cast<int>(Below(static_cast<size_t>(size)));
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    ChangeField(*fields.MutableRepeatedMessage(&message, &field, at),
                depth + 1);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    fields.SetRepeatedString(
        &message, &field, at,
        ChangedText(fields.GetRepeatedString(message, &field, at)));
  }
}

void Changer::ChangeField(Message& message, int depth) {
  const google::protobuf::Descriptor& kind = *message.GetDescriptor();
  if (kind.field_count() == 0) return;
  const FieldDescriptor& field = *kind.field(
      static_cast<int>(Below(static_cast<size_t>(kind.field_count()))));
  const Reflection& fields = *message.GetReflection();
  if (field.is_repeated()) return ChangeRepeated(message, field, depth);
  if (OneIn(8)) return fields.ClearField(&message, &field);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return ChangeField(*fields.MutableMessage(&message, &field), depth + 1);
  }
  SetField(message, field);
}

void Changer::ChangeBytes(const google::protobuf::MethodDescriptor& method,
                          std::string& text) {
  const std::string bytes =
      absl::StartsWith(text, kRawBytes)
          ? absl::HexStringToBytes(text.substr(kRawBytes.size()))
          : RequestFrom(method, text)->SerializePartialAsString();
  text = absl::StrCat(kRawBytes, absl::BytesToHexString(ChangedBytes(bytes)));
}

void Changer::ChangeMessage(RpcCall& call) {
  const google::protobuf::MethodDescriptor& method = *FindMethod(call.method);
  if (call.messages.empty()) call.messages.emplace_back();
  if (method.client_streaming() && OneIn(6)) {
    call.messages.push_back(call.messages[Below(call.messages.size())]);
  }
  std::string& text = call.messages[Below(call.messages.size())];
  if (OneIn(12) || absl::StartsWith(text, kRawBytes)) {
    return ChangeBytes(method, text);
  }
  const OwnedMessage message = RequestFrom(method, text);
  for (size_t i = 0; i <= Below(3); ++i) ChangeField(*message, 0);
  text = TextOf(*message);
}

RpcCall Changer::AnyCall() {
  return {std::string(kUsers[Below(std::size(kUsers))]),
          AllMethodNames()[Below(AllMethodNames().size())],
          {"request_id: \"$new\" etag: \"$etag\""}};
}

void Changer::ChangeCalls(std::vector<RpcCall>& calls) {
  if (calls.empty() || (OneIn(10) && calls.size() < kMostCalls)) {
    calls.insert(
        calls.begin() + static_cast<ptrdiff_t>(Below(calls.size() + 1)),
        AnyCall());
  }
  RpcCall& call = calls[Below(calls.size())];
  switch (Below(12)) {
    case 0:
      call.user = std::string(kUsers[Below(std::size(kUsers))]);
      return;
    case 1:
      if (calls.size() < kMostCalls) calls.push_back(call);
      return;
    case 2:
      std::swap(call, calls[Below(calls.size())]);
      return;
    case 3:
      calls.erase(calls.begin() + (&call - calls.data()));
      return;
    case 4:
      call.method = AllMethodNames()[Below(AllMethodNames().size())];
      return;
    default:
      return ChangeMessage(call);
  }
}

std::string Changer::Change(absl::string_view input) {
  if (OneIn(30)) return ChangedBytes(std::string(input));
  std::vector<RpcCall> calls = ParseCalls(input);
  for (size_t i = 0; i <= Below(3); ++i) ChangeCalls(calls);
  return TextOf(calls);
}

}  // namespace

size_t MutateCalls(uint8_t* data, size_t size, size_t capacity, unsigned seed) {
  const std::string changed = Changer(seed).Change(
      absl::string_view(reinterpret_cast<const char*>(data), size));
  const size_t kept = std::min(changed.size(), capacity);
  std::memcpy(data, changed.data(), kept);
  return kept;
}

}  // namespace stegvis::fuzz
