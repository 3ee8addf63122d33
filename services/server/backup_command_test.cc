#include "services/server/backup_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/errors.h"

namespace stegvis::server {
namespace {

using offline::BackupFinding;
using offline::BackupProblem;
using Kind = BackupProblem::Kind;
using ::testing::EndsWith;
using ::testing::StartsWith;

BackupOptions Verifying() {
  BackupOptions options;
  options.folder = "kopia";
  options.key_source = "nyckel";
  options.erasures = "lista";
  options.target = "ny";
  return options;
}

BackupFinding With(const BackupProblem& problem) {
  BackupFinding finding;
  finding.problem = problem;
  return finding;
}

TEST(LineOfABackup, SaysThatItIsGood) {
  BackupFinding finding;
  finding.made_at = absl::FromUnixSeconds(1'800'000'000);
  finding.records = 7;
  finding.participations = 3;
  finding.erased_again = 2;
  const std::string good =
      "Säkerhetskopian är bra: gjord 2027-01-15 09:00, 3 deltaganden, 7 poster "
      "prövade, 2 raderade igen.";

  EXPECT_EQ(LineOf(Verifying(), finding), good);
  BackupOptions restoring = Verifying();
  restoring.work = BackupOptions::Work::kRestore;
  EXPECT_EQ(LineOf(restoring, finding), good + " Installationen ligger i ny.");
}

TEST(LineOfABackup, SaysWhyItIsNot) {
  const auto why = [](const BackupProblem& problem) {
    const std::string line = LineOf(Verifying(), With(problem));
    EXPECT_THAT(line, StartsWith("Säkerhetskopian är inte bra: "));
    EXPECT_THAT(line, EndsWith(" Använd en annan."));
    return line.substr(31, line.size() - 31 - 18);
  };
  EXPECT_EQ(why({Kind::kRecords, 1, "erasure x"}),
            "1 post går inte att öppna, först erasure x.");
  EXPECT_EQ(why({Kind::kRecords, 2, "erasure x"}),
            "2 poster går inte att öppna, först erasure x.");
  EXPECT_EQ(why({Kind::kLost, 0, ""}),
            "poster som ändringarna talar om finns inte.");
  EXPECT_EQ(why({Kind::kAuditLog, 5, "forbund/-"}),
            "loggen forbund/- är inte som den var från post 5.");
  EXPECT_EQ(why({Kind::kReport, 2025, ""}),
            "årsrapporten för 2025 ger andra siffror än när kopian gjordes.");
  EXPECT_EQ(
      why({Kind::kTotals, 2021, ""}),
      "de registrerade antalen för 2021 blev andra när personer raderades "
      "igen.");
}

TEST(ExplainBackup, NamesWhatItIsAbout) {
  const auto explain = [](const absl::Status& error) {
    return ExplainBackup(Verifying(), error);
  };
  EXPECT_THAT(explain(AtField("chunk 12", errors::BackupDamaged())),
              StartsWith("Säkerhetskopian är inte bra: del 12 av filen"));
  EXPECT_THAT(explain(errors::BackupDamaged()),
              StartsWith("Säkerhetskopian är inte bra: filen"));
  EXPECT_THAT(explain(errors::RecordUnreadable()),
              StartsWith("Säkerhetskopian är inte bra: databasen"));
  EXPECT_THAT(explain(AtField("erasures", errors::ErasuresOlder())),
              StartsWith("lista: Listan över raderingar börjar inte"));
  EXPECT_THAT(explain(AtField("erasures", errors::FileUnreadable())),
              StartsWith("lista: Filen kan inte läsas."));
  EXPECT_THAT(explain(errors::FileUnreadable()),
              StartsWith("kopia: Där finns ingen säkerhetskopia"));
  EXPECT_THAT(explain(errors::KeySourceMissing()),
              StartsWith("nyckel: Nyckelkällan saknas."));
  EXPECT_THAT(explain(errors::KeySourceWrong()),
              StartsWith("nyckel: Säkerhetskopian hör till en annan"));
  EXPECT_THAT(explain(errors::DiskFull()), StartsWith("Disken är full."));
  EXPECT_EQ(explain(errors::Cancelled()),
            "Avbrutet. Inget är kvar av arbetet.");
}

}  // namespace
}  // namespace stegvis::server
