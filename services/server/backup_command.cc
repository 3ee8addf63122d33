#include "services/server/backup_command.h"

#include <unistd.h>

#include <iostream>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/base/clock.h"
#include "services/base/errors.h"
#include "services/server/explain.h"
#include "services/server/process.h"

namespace stegvis::server {
namespace {

using offline::BackupFinding;
using offline::BackupProblem;
using offline::BackupProgress;
using offline::BackupStep;
using Kind = BackupProblem::Kind;
using Work = BackupOptions::Work;

constexpr absl::Duration kQuiet = absl::Seconds(1);
constexpr absl::Duration kBetween = absl::Milliseconds(100);

constexpr char kNotGood[] = "Säkerhetskopian är inte bra: ";
constexpr char kUseAnother[] = " Använd en annan.";

std::string TextOf(BackupStep step, int64_t done, int64_t of) {
  switch (step) {
    case BackupStep::kReading:
      return absl::StrCat("Läser säkerhetskopian: ", done * 100 / of, " %");
    case BackupStep::kOpening:
      return absl::StrCat("Öppnar posterna: ", done);
    case BackupStep::kReporting:
      return "Går igenom loggarna och räknar om rapporten";
    case BackupStep::kErasing:
      return "Raderar igen och jämför antalen";
  }
  return std::string();
}

// On stderr, where that is a terminal, and after a second. One thread.
class ProgressLine {
 public:
  ProgressLine() : on_(isatty(STDERR_FILENO) == 1), start_(absl::Now()) {}
  ~ProgressLine() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Show(BackupStep step, int64_t done, int64_t of) {
    const absl::Time now = absl::Now();
    // A step without an end is told at once: the next one comes late.
    const bool soon = of == 0 && done == 0;
    if (!on_ || (!soon && (now - start_ < kQuiet || now - last_ < kBetween))) {
      return;
    }
    last_ = now;
    shown_ = true;
    std::cerr << "\r\033[K" << TextOf(step, done, of) << std::flush;
  }

 private:
  const bool on_;
  const absl::Time start_;
  absl::Time last_;
  bool shown_ = false;
};

absl::StatusOr<BackupFinding> Do(const BackupOptions& options) {
  ProgressLine line;
  const SystemClock clock;
  const BackupProgress progress = [&line](BackupStep step, int64_t done,
                                          int64_t of) {
    line.Show(step, done, of);
    return StopSignalCame() ? errors::Cancelled() : absl::OkStatus();
  };
  if (options.work == Work::kVerify) {
    return offline::VerifyBackup(options.folder, options.key_source, clock,
                                 progress);
  }
  return offline::RestoreBackup(
      {options.folder, options.target, options.key_source, options.erasures},
      clock, progress);
}

std::string SwedishTime(absl::Time moment) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Stockholm", &zone)) {
    zone = absl::UTCTimeZone();
  }
  return absl::FormatTime("%Y-%m-%d %H:%M", moment, zone);
}

std::string WhyNotGood(const BackupProblem& problem) {
  switch (problem.kind) {
    case Kind::kRecords:
      return absl::StrCat(problem.count,
                          problem.count == 1 ? " post" : " poster",
                          " går inte att öppna, först ", problem.where, ".");
    case Kind::kLost:
      return "poster som ändringarna talar om finns inte.";
    case Kind::kAuditLog:
      return absl::StrCat("loggen ", problem.where,
                          " är inte som den var från post ", problem.count,
                          ".");
    case Kind::kReport:
      return absl::StrCat("årsrapporten för ", problem.count,
                          " ger andra siffror än när kopian gjordes.");
    case Kind::kTotals:
      return absl::StrCat("de registrerade antalen för ", problem.count,
                          " blev andra när personer raderades igen.");
  }
  return std::string();
}

// Of an error of the backup's file.
std::string AboutDamage(const absl::Status& error) {
  const std::vector<Fault> faults = FaultsOf(error);
  std::string place = "filen stegvis.backup är skadad eller inte hel.";
  if (!faults.empty() && absl::StartsWith(faults.front().field, "chunk ")) {
    place = absl::StrCat("del ", faults.front().field.substr(6),
                         " av filen stegvis.backup är ändrad, flyttad eller "
                         "avklippt.");
  }
  return absl::StrCat(kNotGood, place, kUseAnother);
}

}  // namespace

std::string LineOf(const BackupOptions& options, const BackupFinding& finding) {
  if (finding.problem.has_value()) {
    return absl::StrCat(kNotGood, WhyNotGood(*finding.problem), kUseAnother);
  }
  std::string good = absl::StrCat(
      "Säkerhetskopian är bra: gjord ", SwedishTime(finding.made_at), ", ",
      finding.participations, " deltaganden, ", finding.records,
      " poster prövade, ", finding.erased_again, " raderade igen.");
  if (options.work == Work::kVerify) return good;
  return absl::StrCat(good, " Installationen ligger i ", options.target, ".");
}

std::string ExplainBackup(const BackupOptions& options,
                          const absl::Status& error) {
  const std::string reason = ReasonOf(error);
  const std::vector<Fault> faults = FaultsOf(error);
  if (reason == "BACKUP_DAMAGED") return AboutDamage(error);
  if (reason == "RECORD_UNREADABLE") {
    return absl::StrCat(kNotGood, "databasen i den är skadad.", kUseAnother);
  }
  if (reason == "CANCELLED") return "Avbrutet. Inget är kvar av arbetet.";
  if (!faults.empty() && faults.front().field == "erasures") {
    return absl::StrCat(options.erasures, ": ", Explain(error));
  }
  if (reason == "FILE_UNREADABLE") {
    return absl::StrCat(options.folder,
                        ": Där finns ingen säkerhetskopia som kan läsas. "
                        "Kontrollera mappen.");
  }
  if (reason == "KEY_SOURCE_MISSING") {
    return absl::StrCat(options.key_source,
                        ": Nyckelkällan saknas. Kontrollera --key-source.");
  }
  if (reason == "KEY_SOURCE_WRONG") {
    return absl::StrCat(options.key_source,
                        ": Säkerhetskopian hör till en annan nyckelkälla. "
                        "Använd den som gällde när den gjordes.");
  }
  return Explain(error);
}

int WorkOnBackup(const BackupOptions& options) {
  HoldBackStopSignals();
  const absl::StatusOr<BackupFinding> finding = Do(options);
  if (finding.ok() && !finding->problem.has_value()) {
    std::cout << LineOf(options, *finding) << std::endl;
    return 0;
  }
  std::cerr << "stegvisd: "
            << (finding.ok() ? LineOf(options, *finding)
                             : ExplainBackup(options, finding.status()))
            << std::endl;
  return 1;
}

}  // namespace stegvis::server
