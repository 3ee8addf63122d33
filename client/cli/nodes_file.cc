#include "client/cli/nodes_file.h"

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/utf8.h"
#include "services/base/nearest.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kNodes[] = "node";

// One node of a file, and how complaints call it.
class NodeReader {
 public:
  NodeReader(const std::string& path, size_t number, const toml::table& table)
      : path_(path), number_(number), table_(table) {}

  absl::StatusOr<rollup::Node> Read() const;

 private:
  absl::Status Wrong(absl::string_view what) const;
  absl::Status CheckSettings() const;
  absl::StatusOr<std::string> Text(const std::string& setting) const;
  absl::StatusOr<std::string> NamedFile(const std::string& setting) const;
  absl::StatusOr<std::vector<std::string>> Forbund() const;

  const std::string& path_;
  const size_t number_;
  const toml::table& table_;
};

absl::Status NodeReader::Wrong(absl::string_view what) const {
  return Complaint(
      absl::StrCat("Nodlistan ", path_, ", nod ", number_, ": ", what));
}

std::string Unknown(absl::string_view name,
                    const std::vector<absl::string_view>& known) {
  return absl::StrCat("inställningen ", Printable(name),
                      " finns inte. Menade du ", NearestName(name, known), "?");
}

absl::Status NodeReader::CheckSettings() const {
  const std::vector<absl::string_view> known = {"forbund", "address", "ca",
                                                "cert", "key"};
  for (const auto& [key, value] : table_) {
    const std::string name(key.str());
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return Wrong(Unknown(name, known));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> NodeReader::Text(const std::string& setting) const {
  const toml::node_view<const toml::node> node = table_[setting];
  if (!node) return Wrong(absl::StrCat(setting, " saknas. Lägg till den."));
  const std::optional<std::string> text = node.value<std::string>();
  if (text.has_value() && !text->empty()) return *text;
  return Wrong(absl::StrCat(setting, " ska vara en text. Rätta den."));
}

absl::StatusOr<std::string> NodeReader::NamedFile(
    const std::string& setting) const {
  ASSIGN_OR_RETURN(const std::string name, Text(setting));
  const absl::StatusOr<std::string> content =
      ReadFile(fs::path(path_).parent_path() / name);
  if (content.ok()) return content;
  return Wrong(
      absl::StrCat(setting, ": ", std::string(content.status().message())));
}

absl::StatusOr<std::vector<std::string>> NodeReader::Forbund() const {
  constexpr char kWanted[] =
      "forbund ska vara organisationsnummer, till exempel [\"222000-1230\"]. "
      "Rätta den.";
  const toml::node_view<const toml::node> node = table_["forbund"];
  std::vector<std::string> numbers;
  if (!node) return numbers;
  if (!node.is_array()) return Wrong(kWanted);
  for (const toml::node& element : *node.as_array()) {
    const std::string number = element.value_or(std::string());
    if (!rollup::IsOrganizationNumber(number)) return Wrong(kWanted);
    numbers.push_back(number);
  }
  return numbers;
}

absl::StatusOr<rollup::Node> NodeReader::Read() const {
  RETURN_IF_ERROR(CheckSettings());
  rollup::Node node;
  ASSIGN_OR_RETURN(node.forbund, Forbund());
  ASSIGN_OR_RETURN(node.address, Text("address"));
  ASSIGN_OR_RETURN(node.ca_pem, NamedFile("ca"));
  ASSIGN_OR_RETURN(node.certificate_pem, NamedFile("cert"));
  ASSIGN_OR_RETURN(node.key_pem, NamedFile("key"));
  return node;
}

absl::Status Wrong(const std::string& path, absl::string_view what) {
  return Complaint(absl::StrCat("Nodlistan ", path, ": ", what));
}

absl::StatusOr<toml::table> Parse(const std::string& path,
                                  const std::string& text) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    return Wrong(path, absl::StrCat("rad ", error.source().begin.line,
                                    " går inte att tolka. Rätta den."));
  }
}

}  // namespace

absl::StatusOr<std::vector<rollup::Node>> ReadNodes(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSIGN_OR_RETURN(const toml::table file, Parse(path, text));
  for (const auto& [key, value] : file) {
    if (key.str() != kNodes) {
      return Wrong(path, Unknown(std::string(key.str()), {kNodes}));
    }
  }
  const toml::array* list = file[kNodes].as_array();
  if (list == nullptr || list->empty() ||
      !list->is_homogeneous<toml::table>()) {
    return Wrong(path, "ingen nod. Skriv en [[node]] för varje.");
  }
  std::vector<rollup::Node> nodes;
  std::set<std::string> addresses;
  for (const toml::node& element : *list) {
    ASSIGN_OR_RETURN(
        rollup::Node node,
        NodeReader(path, nodes.size() + 1, *element.as_table()).Read());
    if (!addresses.insert(node.address).second) {
      return Wrong(
          path, absl::StrCat("två noder har adressen ", Printable(node.address),
                             ". Ta bort den ena."));
    }
    nodes.push_back(std::move(node));
  }
  return nodes;
}

rollup::PublicKeys KeysBeside(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path() / "keys";
  return [folder](const std::string& number) -> std::optional<std::string> {
    const absl::StatusOr<std::string> pem =
        ReadFile(folder / absl::StrCat(number, ".pem"));
    if (!pem.ok()) return std::nullopt;
    return *pem;
  };
}

}  // namespace stegvis::cli
