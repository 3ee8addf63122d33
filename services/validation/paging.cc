#include "services/validation/paging.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"

namespace stegvis::validation {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kDigestBytes = 16;

const FieldDescriptor* FieldOf(const Message& request, const char* name) {
  return request.GetDescriptor()->FindFieldByName(name);
}

// FNV-1a, the same in every process: it tells queries apart, it guards
// nothing. Who changes a token by hand sees only what every page shows.
uint64_t Fnv1a(absl::string_view bytes) {
  uint64_t digest = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    digest ^= static_cast<unsigned char>(byte);
    digest *= 0x100000001b3;
  }
  return digest;
}

std::string QueryDigest(const Message& request) {
  const std::unique_ptr<Message> query(request.New());
  query->CopyFrom(request);
  query->GetReflection()->ClearField(query.get(), FieldOf(*query, "page_size"));
  query->GetReflection()->ClearField(query.get(),
                                     FieldOf(*query, "page_token"));
  return absl::StrCat(absl::Hex(
      Fnv1a(absl::StrCat(request.GetTypeName(), query->SerializeAsString())),
      absl::kZeroPad16));
}

absl::StatusOr<std::string> KeyIn(absl::string_view token,
                                  const Message& request) {
  std::string opened;
  if (!absl::WebSafeBase64Unescape(token, &opened) ||
      opened.size() <= kDigestBytes ||
      opened.substr(0, kDigestBytes) != QueryDigest(request)) {
    return AtField("page_token", errors::PageTokenMismatch());
  }
  return opened.substr(kDigestBytes);
}

int SizeFor(int asked) {
  if (asked <= 0) return limits::kDefaultPageSize;
  return std::min(asked, limits::kMaxPageSize);
}

}  // namespace

absl::StatusOr<Page> PageOf(const Message& request) {
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  Page page;
  page.size =
      SizeFor(reflection.GetInt32(request, FieldOf(request, "page_size")));
  const std::string token =
      reflection.GetString(request, FieldOf(request, "page_token"));
  if (token.empty()) return page;
  ASSIGN_OR_RETURN(page.after, KeyIn(token, request));
  return page;
}

std::string NextPageToken(const Message& request, absl::string_view last_key) {
  return absl::WebSafeBase64Escape(
      absl::StrCat(QueryDigest(request), last_key));
}

}  // namespace stegvis::validation
