#include "client/cli/utf8.h"

#include <utf8proc.h>

#include <cstdlib>
#include <cstring>
#include <functional>

#include "absl/strings/ascii.h"

namespace stegvis::cli {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";

const utf8proc_uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// Calls `visit` with each code point (-1 for a byte that is none) and its
// bytes.
void ForEachCodePoint(
    absl::string_view text,
    const std::function<void(utf8proc_int32_t, absl::string_view)>& visit) {
  while (!text.empty()) {
    utf8proc_int32_t point = -1;
    const utf8proc_ssize_t read = utf8proc_iterate(
        Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &point);
    const size_t length = read > 0 ? static_cast<size_t>(read) : 1;
    visit(read > 0 ? point : -1, text.substr(0, length));
    text.remove_prefix(length);
  }
}

bool IsControl(utf8proc_int32_t point) {
  if (point < 0) return true;
  const utf8proc_category_t category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

bool IsCleanUtf8(absl::string_view text) {
  if (std::memchr(text.data(), '\0', text.size()) != nullptr) return false;
  if (IsAscii(text)) return true;
  while (!text.empty()) {
    utf8proc_int32_t point = -1;
    const utf8proc_ssize_t read = utf8proc_iterate(
        Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (read <= 0) return false;
    text.remove_prefix(static_cast<size_t>(read));
  }
  return true;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  ForEachCodePoint(text, [&](utf8proc_int32_t point, absl::string_view) {
    width += point < 0 ? 1 : utf8proc_charwidth(point);
  });
  return width;
}

std::string Printable(absl::string_view text) {
  std::string printable;
  ForEachCodePoint(text, [&](utf8proc_int32_t point, absl::string_view bytes) {
    if (point == '\n' || point == '\r' || point == '\t') {
      printable += ' ';
      return;
    }
    const absl::string_view shown = IsControl(point) ? kReplacement : bytes;
    printable.append(shown.data(), shown.size());
  });
  return printable;
}

std::string Capitalized(absl::string_view text) {
  std::string capitalized;
  ForEachCodePoint(text, [&](utf8proc_int32_t point, absl::string_view bytes) {
    if (point < 0 || !capitalized.empty()) {
      capitalized.append(bytes.data(), bytes.size());
      return;
    }
    utf8proc_uint8_t letter[4];
    const utf8proc_ssize_t size =
        utf8proc_encode_char(utf8proc_toupper(point), letter);
    capitalized.append(letter, letter + size);
  });
  return capitalized;
}

std::string Shortened(absl::string_view text, int columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  std::string shortened;
  int width = 1;  // The ellipsis.
  bool full = false;
  ForEachCodePoint(text, [&](utf8proc_int32_t, absl::string_view bytes) {
    width += DisplayWidth(bytes);
    full = full || width > columns;
    if (!full) shortened.append(bytes.data(), bytes.size());
  });
  return shortened + "\u2026";
}

std::string Comparable(absl::string_view text) {
  const absl::string_view bare = absl::StripAsciiWhitespace(text);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      Bytes(bare), static_cast<utf8proc_ssize_t>(bare.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                     UTF8PROC_CASEFOLD));
  if (length < 0) return std::string(bare);
  std::string comparable(reinterpret_cast<const char*>(mapped),
                         static_cast<size_t>(length));
  std::free(mapped);  // utf8proc_map allocates with malloc.
  return comparable;
}

}  // namespace stegvis::cli
