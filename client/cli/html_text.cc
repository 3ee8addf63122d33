#include "client/cli/html_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {

std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(Printable(text), {{"&", "&amp;"},
                                               {"<", "&lt;"},
                                               {">", "&gt;"},
                                               {"\"", "&quot;"},
                                               {"'", "&#39;"}});
}

std::string Element(absl::string_view name, absl::string_view attributes,
                    absl::string_view text) {
  return absl::StrCat("<", name, attributes.empty() ? "" : " ", attributes, ">",
                      Escaped(text), "</", name, ">");
}

}  // namespace stegvis::cli
