#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/offline_program.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kFewestShares = 2;
constexpr int kMostShares = 20;

struct Options {
  std::string key_source;  // Empty: the installation's of the profile.
  int of = 0;
  int need = 0;
  std::string folder;
  std::vector<std::string> shares;
};

// The key source lies beside the folder of the profiles.
absl::StatusOr<std::string> KeySourceOf(const Options& options,
                                        const Session& session) {
  if (!options.key_source.empty()) return options.key_source;
  if (session.ProfileFile().empty()) {
    return WrongUsage(
        "Vilken nyckelkälla? Ange --key-source FIL, eller en profil med "
        "--profile eller STEGVIS_PROFILE.");
  }
  const fs::path above = fs::path(session.ProfileFile()).parent_path() / "..";
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(above, error);
  return ((error ? above : folder) / "key-source").string();
}

absl::Status Share(const Options& options, const Session& session) {
  if (options.need > options.of) {
    return WrongUsage(
        "Fler andelar behövs än vad som görs. Ange högst så många med --need "
        "som med --of.");
  }
  ASSIGN_OR_RETURN(const std::string source, KeySourceOf(options, session));
  std::vector<std::string> words = {
      "keys", "share", absl::StrCat("--key-source=", source),
      absl::StrCat("--of=", options.of), absl::StrCat("--need=", options.need)};
  if (!options.folder.empty()) {
    words.push_back(absl::StrCat("--output=", options.folder));
  }
  return BecomeServer(words);
}

absl::Status FromShares(const std::string& work, const Options& options,
                        const Session& session) {
  ASSIGN_OR_RETURN(const std::string source, KeySourceOf(options, session));
  std::vector<std::string> words = {
      "keys", work, absl::StrCat("--key-source=", source), "--"};
  words.insert(words.end(), options.shares.begin(), options.shares.end());
  return BecomeServer(words);
}

void AddKeySource(CLI::App& command, Options& options) {
  command
      .add_option("--key-source", options.key_source,
                  "Nyckelkällans fil. Utan den gäller key-source i profilens\n"
                  "installation")
      ->type_name("FIL");
}

void AddShare(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<Options>();
  CLI::App& share = table.Command(
      group, "share",
      "Delar nyckelkällan i andelar att skriva ut och förvara i kassaskåp.\n"
      "Några av dem räcker för att återskapa den, färre säger ingenting.",
      "stegvis keys share --of 3 --need 2 -o andelar",
      [options](Session& session) { return Share(*options, session); });
  const auto possible = CLI::Range(kFewestShares, kMostShares).description("");
  share.add_option("--of", options->of, "Hur många andelar som görs, 2–20")
      ->type_name("TAL")
      ->required()
      ->check(possible);
  share
      .add_option("--need", options->need,
                  "Hur många av dem som behövs, minst 2")
      ->type_name("TAL")
      ->required()
      ->check(possible);
  share
      .add_option("-o,--output", options->folder,
                  "En ny eller tom mapp som andelarna skrivs i, en fil var.\n"
                  "Utan den skrivs de på stdout, en sida var")
      ->type_name("MAPP");
  AddKeySource(share, *options);
}

void AddFromShares(CommandTable& table, CLI::App& group,
                   const std::string& work, const std::string& description,
                   const std::string& example) {
  auto options = std::make_shared<Options>();
  CLI::App& command = table.Command(
      group, work, description, example, [options, work](Session& session) {
        return FromShares(work, *options, session);
      });
  AddKeySource(command, *options);
  command
      .add_option("ANDEL", options->shares,
                  "Filer med andelar. Utan dem frågas efter siffrorna, eller\n"
                  "så läses de från stdin")
      ->type_name("FIL");
}

}  // namespace

void AddKeysCommands(CommandTable& table) {
  CLI::App& group =
      table.Group("keys", "Nycklarna, nyckelkällan och dess andelar");
  AddRotationCommands(table, group);
  AddShare(table, group);
  AddFromShares(table, group, "recover",
                "Återskapar nyckelkällan ur andelar. Skriver aldrig över en "
                "som finns.",
                "stegvis keys recover --key-source /srv/stegvis/key-source");
  AddFromShares(table, group, "drill",
                "Prövar att andelar fortfarande ger nyckelkällan, utan att "
                "visa den.",
                "stegvis keys drill andel-1.txt andel-3.txt");
}

}  // namespace stegvis::cli
