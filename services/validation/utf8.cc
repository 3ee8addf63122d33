#include "services/validation/utf8.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace stegvis::validation {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// What the first byte of a character says of it.
struct Lead {
  int following = 0;      // Bytes after the first.
  uint32_t bits = 0;      // Its part of the code point.
  uint32_t smallest = 0;  // Below this the form is too long.
};

std::optional<Lead> LeadOf(unsigned char byte) {
  if (byte < 0x80) return Lead{0, byte, 0};
  if (byte >= 0xC2 && byte < 0xE0) return Lead{1, byte & 0x1Fu, 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return Lead{2, byte & 0x0Fu, 0x800};
  if (byte >= 0xF0 && byte < 0xF5) return Lead{3, byte & 0x07u, 0x10000};
  return std::nullopt;
}

bool IsScalar(uint32_t point) {
  return point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

void CheckField(const Message& message, const FieldDescriptor& field,
                const std::string& path, Faults& faults);

void CheckMessage(const Message& message, const std::string& prefix,
                  Faults& faults) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    CheckField(message, *field, absl::StrCat(prefix, field->name()), faults);
  }
}

void CheckRepeated(const Message& message, const FieldDescriptor& field,
                   const std::string& path, Faults& faults) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    const std::string element = absl::StrCat(path, "[", i, "]");
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CheckMessage(reflection.GetRepeatedMessage(message, &field, i),
                   absl::StrCat(element, "."), faults);
    } else if (!IsUtf8(reflection.GetRepeatedString(message, &field, i))) {
      faults.Add(element, reasons::kNotUtf8);
    }
  }
}

void CheckField(const Message& message, const FieldDescriptor& field,
                const std::string& path, Faults& faults) {
  const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  // Of type bytes anything goes.
  if (!is_message && field.type() != FieldDescriptor::TYPE_STRING) return;
  if (field.is_repeated()) return CheckRepeated(message, field, path, faults);
  const Reflection& reflection = *message.GetReflection();
  if (is_message) {
    CheckMessage(reflection.GetMessage(message, &field),
                 absl::StrCat(path, "."), faults);
  } else if (!IsUtf8(reflection.GetString(message, &field))) {
    faults.Add(path, reasons::kNotUtf8);
  }
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const std::optional<Lead> lead =
        LeadOf(static_cast<unsigned char>(text[at++]));
    if (!lead.has_value()) return false;
    uint32_t point = lead->bits;
    for (int i = 0; i < lead->following; ++i, ++at) {
      if (at == text.size()) return false;
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte & 0xC0u) != 0x80u) return false;
      point = (point << 6) | (byte & 0x3Fu);
    }
    if (point < lead->smallest || !IsScalar(point)) return false;
  }
  return true;
}

void CheckTexts(const Message& message, Faults& faults) {
  CheckMessage(message, "", faults);
}

}  // namespace stegvis::validation
