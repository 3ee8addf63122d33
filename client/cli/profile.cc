#include "client/cli/profile.h"

#include <toml++/toml.h>

#include <filesystem>
#include <optional>

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

absl::StatusOr<toml::table> ParseToml(const std::string& path,
                                      const std::string& text) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    return Complaint(absl::StrCat("Profilen ", path,
                                  " går inte att tolka, rad ",
                                  error.source().begin.line, ". Rätta den."));
  }
}

absl::StatusOr<std::string> Setting(const toml::table& table,
                                    const std::string& path,
                                    const std::string& key) {
  const std::optional<std::string> value = table[key].value<std::string>();
  if (value.has_value() && !value->empty()) return *value;
  return Complaint(
      absl::StrCat("Profilen ", path, " saknar ", key, ". Lägg till den."));
}

absl::StatusOr<std::string> NamedFile(const toml::table& table,
                                      const std::string& path,
                                      const std::string& key) {
  ASSIGN_OR_RETURN(const std::string name, Setting(table, path, key));
  return ReadFile(std::filesystem::path(path).parent_path() / name);
}

}  // namespace

absl::StatusOr<Profile> ReadProfile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSIGN_OR_RETURN(const toml::table table, ParseToml(path, text));
  Profile profile;
  ASSIGN_OR_RETURN(profile.address, Setting(table, path, "address"));
  ASSIGN_OR_RETURN(profile.ca_pem, NamedFile(table, path, "ca"));
  ASSIGN_OR_RETURN(profile.certificate_pem, NamedFile(table, path, "cert"));
  ASSIGN_OR_RETURN(profile.key_pem, NamedFile(table, path, "key"));
  return profile;
}

}  // namespace stegvis::cli
