// The program as a whole, where it needs no server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/consent_form.h"
#include "client/cli/run.h"

namespace stegvis::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

Outcome Try(std::vector<const char*> arguments) {
  ::unsetenv("STEGVIS_PROFILE");
  arguments.insert(arguments.begin(), "stegvis");
  CaptureStdout();
  CaptureStderr();
  const int status = Run(static_cast<int>(arguments.size()), arguments.data());
  return {status, GetCapturedStdout(), GetCapturedStderr()};
}

// The förbund that the example of a help is about; the common one where it is
// about none. A name in quotes is one to print, not to look up.
std::string ForbundInExample(const std::string& help) {
  const std::string example = help.substr(help.find("Exempel:\n"));
  for (const std::string option : {"--forbund ", "--org-number "}) {
    const size_t at = example.find(option);
    if (at == std::string::npos || example[at + option.size()] == '"') continue;
    const std::string rest = example.substr(at + option.size());
    return rest.substr(0, rest.find_first_of(" \n"));
  }
  return "222000-1230";
}

TEST(Usage, HelpIsThereForEveryCommand) {
  const std::vector<std::vector<const char*>> commands = {
      {},
      {"forbund", "create"},
      {"forbund", "update"},
      {"forbund", "list"},
      {"forbund", "show"},
      {"forbund", "export"},
      {"insats", "create"},
      {"insats", "update"},
      {"insats", "list"},
      {"insats", "show"},
      {"insats", "end"},
      {"insats", "suggest-method"},
      {"question", "add"},
      {"question", "list"},
      {"question", "end"},
      {"user", "grant"},
      {"user", "revoke"},
      {"user", "list"},
      {"import", "forbund"},
      {"import", "insatser"},
      {"import", "participants"},
      {"import", "counts"},
      {"participant", "register"},
      {"participant", "exit"},
      {"participant", "follow-up"},
      {"participant", "correct"},
      {"participant", "list"},
      {"participant", "show"},
      {"participant", "find"},
      {"participant", "reveal"},
      {"participant", "acknowledge"},
      {"participant", "consent-form"},
      {"count", "set"},
      {"count", "list"},
      {"report"},
      {"report", "seal"},
      {"report", "list"},
      {"report", "fetch"},
      {"report", "verify"},
      {"report", "key"},
      {"report", "differences"},
      {"report", "recompute"},
      {"report", "releases"},
      {"report", "release"},
      {"report", "proof"},
      {"rollup"},
      {"status"},
      {"codes", "list"},
      {"keys", "share"},
      {"keys", "recover"},
      {"keys", "drill"},
      {"backup"},
      {"restore"},
      {"demo", "generate"},
      {"init"}};
  for (std::vector<const char*> command : commands) {
    const bool whole = command.empty();
    const std::string name = whole ? "" : command.back();
    command.push_back("--help");

    const Outcome outcome = Try(command);

    EXPECT_EQ(outcome.status, 0) << name;
    EXPECT_THAT(outcome.out, HasSubstr("Användning: stegvis"));
    if (whole) continue;
    EXPECT_THAT(outcome.out, HasSubstr("Exempel:\n")) << name;
    EXPECT_EQ(ForbundInExample(outcome.out), "222000-1230")
        << name << ": none that forbund create makes";
  }
}

TEST(Usage, WrongUsageEndsWithTwoAndOneLine) {
  const auto expect = [](const std::vector<const char*>& arguments,
                         const char* line) {
    const Outcome outcome = Try(arguments);
    EXPECT_EQ(outcome.status, 2) << line;
    EXPECT_EQ(outcome.err, std::string(line) + "\n");
  };
  expect({}, "stegvis: ett kommando saknas. Se stegvis --help.");
  expect({"forbund"},
         "stegvis forbund: ett kommando saknas. Se stegvis forbund --help.");
  expect({"count", "list"},
         "stegvis count list: --insats saknas. Se stegvis count list --help.");
  expect({"status", "--colour", "red"},
         "stegvis status: okänt argument: --colour. Se stegvis status --help.");
  expect({"status", "--format", "xml"},
         "stegvis status: värdet för --format är inte giltigt. Se stegvis "
         "status --help.");
  expect(
      {"report"},
      "stegvis report: Ange antingen --year ÅR, eller både --from och --to.");
  expect({"status"},
         "stegvis status: Ingen profil är vald. Ange --profile FIL före "
         "kommandot, eller sätt STEGVIS_PROFILE.");
}

TEST(Usage, ACorrectionSaysSomethingOfItsMoment) {
  const auto correct = [](const char* moment,
                          const std::vector<const char*>& words) {
    std::vector<const char*> all = {"participant", "correct",  "x",
                                    "--reason",    "skrivfel", "--moment"};
    all.push_back(moment);
    all.insert(all.end(), words.begin(), words.end());
    return Try(all);
  };
  for (const char* moment :
       {"in", "ut", "uppf6", "uppf12", "samtycke", "kommun"}) {
    const Outcome outcome = correct(moment, {});
    EXPECT_EQ(outcome.status, 2) << moment;
    EXPECT_THAT(outcome.err,
                HasSubstr(std::string("Säg vad som ska rättas i momentet ") +
                          moment + "."));
  }
  using Words = std::vector<const char*>;
  const std::vector<std::pair<const char*, Words>> strangers = {
      {"in", {"--kommun", "1480"}},
      {"in", {"--work", "20", "--end-reason", "flytt"}},
      {"ut", {"--education", "gymnasium"}},
      {"uppf6", {"--answer", "Hur?=Bra"}},
      {"samtycke", {"--seeking", "ja"}},
      {"kommun", {"--date", "2020-01-01"}},
      {"nummer", {"--consent-ref", "Pärm"}},
      {"kommun", {"--with-name"}}};
  for (const auto& [moment, words] : strangers) {
    EXPECT_THAT(correct(moment, words).err,
                HasSubstr(std::string(" hör inte till momentet ") + moment));
  }
  const std::vector<std::pair<const char*, Words>> right = {
      {"in", {"--date", "2020-01-01", "--work", "12,5"}},
      {"ut", {"--answer", "Hur?=Bra"}},
      {"uppf12", {"--support", "a_kassa"}},
      {"samtycke", {"--consent-ref", ""}},
      {"kommun", {"--kommun", ""}},
      {"nummer", {}},
      {"nummer", {"--with-name"}}};
  for (const auto& [moment, words] : right) {
    EXPECT_THAT(correct(moment, words).err, HasSubstr("Ingen profil är vald"))
        << moment;
  }
}

TEST(Usage, AMissingProfileEndsWithOne) {
  const Outcome outcome = Try({"--profile", "/nowhere/p.toml", "status"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "stegvis status: Filen /nowhere/p.toml går inte att läsa. "
            "Kontrollera att den finns och får läsas.\n");
}

TEST(ConsentForm, HasNamesOrLinesToFillIn) {
  EXPECT_THAT(ConsentForm("Exempel", "Team"),
              HasSubstr("Förbund:       Exempel\nInsats:        Team\n"));
  EXPECT_THAT(ConsentForm("", ""), HasSubstr("Förbund:       ____"));
  EXPECT_THAT(ConsentForm("", ""), EndsWith("\n"));
}

TEST(Usage, AWrongCommandIsNamed) {
  EXPECT_THAT(Try({"reprot", "--year", "2020"}).err,
              HasSubstr("okänt kommando: reprot. Se stegvis --help."));
  EXPECT_THAT(Try({"forbund", "crate"}).err,
              HasSubstr("okänt kommando: crate. Se stegvis forbund --help."));
  EXPECT_THAT(Try({"forbund"}).err, HasSubstr("ett kommando saknas"));
}

TEST(Usage, AValueThatIsNoNumberNamesItsOption) {
  EXPECT_THAT(Try({"report", "--year", "tjugo"}).err,
              HasSubstr("värdet för --year är inte giltigt"));
}

TEST(Usage, ALongNumberThatDoesNotBelongIsNotRepeated) {
  const Outcome outcome = Try({"participant", "find", "199001012385"});

  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("ett tal som inte hör dit"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("199001012385")));
}

}  // namespace
}  // namespace stegvis::cli
