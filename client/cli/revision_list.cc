#include "client/cli/revision_list.h"

#include "absl/strings/str_cat.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

constexpr char kAll[] = "forbund/-";

}  // namespace

absl::StatusOr<std::string> ForbundOrAll(const std::string& text,
                                         Session& session) {
  if (text.empty()) return std::string(kAll);
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* found, names->FindForbund(text));
  return found->name();
}

std::string RevisionTable(const RevisionWords& words,
                          const std::vector<ListedRevision>& rows) {
  TextTable table({{words.whose},
                   {"år", Align::kRight},
                   {"revision", Align::kRight},
                   {words.when},
                   {"namn"}});
  for (const ListedRevision& row : rows) {
    table.AddRow({Printable(row.whose), absl::StrCat(row.year),
                  absl::StrCat(row.revision), SwedishTime(row.when), row.name});
  }
  return table.Empty() ? words.nothing : table.Text();
}

}  // namespace stegvis::cli
