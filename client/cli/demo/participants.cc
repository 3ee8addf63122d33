#include "client/cli/demo/participants.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "client/cli/demo/courses.h"
#include "client/cli/demo/csv_file.h"
#include "client/cli/demo/participation.h"
#include "client/cli/demo/person.h"
#include "client/cli/demo/placer.h"
#include "client/cli/demo/plan.h"

namespace stegvis::demo {
namespace {

constexpr absl::string_view kHeader =
    "forbund;insats;personnummer;skyddad;samtycke;kommun;in_datum;"
    "in_forsorjning;in_arbete;in_studier;in_arbetssokande;utbildning;"
    "manader_i_forsorjning;remittent;ut_datum;avslutsanledning;ut_forsorjning;"
    "ut_arbete;ut_studier;ut_arbetssokande;uppf6_datum;uppf6_forsorjning;"
    "uppf6_arbete;uppf6_studier;uppf6_arbetssokande;uppf12_datum;"
    "uppf12_forsorjning;uppf12_arbete;uppf12_studier;uppf12_arbetssokande;"
    "samtycke_ref;namn;registrerad";

void AppendSituation(const SituationText& situation, std::string& row) {
  absl::StrAppend(&row, situation.supports, ";", situation.work_hours, ";",
                  situation.study_hours, ";", situation.seeking);
}

void AppendExit(const std::optional<ExitMoment>& exit, std::string& row) {
  if (!exit.has_value()) {
    row.append(";;;;;;");
    return;
  }
  absl::StrAppend(&row, ";", exit->day.Text(), ";", exit->reason, ";");
  AppendSituation(exit->situation.value_or(SituationText{}), row);
}

void AppendFollowUp(const std::optional<FollowUpMoment>& moment,
                    std::string& row) {
  if (!moment.has_value()) {
    row.append(";;;;;");
    return;
  }
  absl::StrAppend(&row, ";", moment->day.Text(), ";");
  AppendSituation(moment->situation, row);
}

// Between seven in the morning and three in the afternoon, so that the day is
// the same in Sweden.
std::string TimeOfDay(Chance& chance) {
  const int64_t second =
      chance.Between(7 * int64_t{3600}, 15 * int64_t{3600} - 1);
  return absl::StrCat("T", absl::Dec(second / 3600, absl::kZeroPad2), ":",
                      absl::Dec(second / 60 % 60, absl::kZeroPad2), ":",
                      absl::Dec(second % 60, absl::kZeroPad2), "Z");
}

// Writes participations as rows. One thread.
class Rows {
 public:
  Rows(CsvFile& file, Chance& chance) : file_(file), chance_(chance) {}

  void Write(const Placed& placed);

 private:
  void Begin(const Placed& placed);
  std::string Consent(const Participation& participation);
  // One row: what was known on `recorded`.
  void WriteKnown(const Participation& known, Day recorded);

  CsvFile& file_;
  Chance& chance_;
  std::string begin_;
  std::string end_;
  std::string time_;
  std::string row_;
};

std::string Rows::Consent(const Participation& participation) {
  const Day first_recorded = participation.recorded_at_exit
                                 ? participation.exit->recorded
                                 : participation.entry_recorded;
  Day signed_day = participation.entry.PlusDays(
      -static_cast<int>(chance_.Below(chance_.PerMille(3) ? 500 : 21)));
  if (chance_.PerMille(80)) {
    signed_day =
        participation.entry.PlusDays(static_cast<int>(chance_.Below(10)));
  }
  return std::min(signed_day, first_recorded).Text();
}

void Rows::Begin(const Placed& placed) {
  const Participation& participation = placed.participation;
  const std::vector<std::string>& kommuner = placed.forbund->kommuner;
  begin_.clear();
  AppendField(placed.forbund->title, begin_);
  begin_.push_back(';');
  AppendField(placed.insats->activity->title, begin_);
  absl::StrAppend(&begin_, ";", placed.person.number, ";;",
                  Consent(participation), ";");
  if (!chance_.PerMille(30)) {
    begin_.append(kommuner[static_cast<size_t>(
        chance_.Below(static_cast<int64_t>(kommuner.size())))]);
  }
  absl::StrAppend(&begin_, ";", participation.entry.Text(), ";");
  AppendSituation(participation.situation, begin_);
  // One after the other: the order of arguments is each compiler's own.
  absl::StrAppend(&begin_, ";", MakeEducation(chance_));
  absl::StrAppend(&begin_, ";", MakeMonthsOnSupport(chance_));
  absl::StrAppend(&begin_, ";", MakeReferringParty(chance_));
  end_.assign(1, ';');
  if (chance_.PerMille(100)) {
    absl::StrAppend(&end_, "Pärm ", chance_.Between(1, 40));
  }
  absl::StrAppend(&end_, ";", placed.person.name, ";");
  time_ = TimeOfDay(chance_);
}

void Rows::WriteKnown(const Participation& known, Day recorded) {
  row_ = begin_;
  AppendExit(known.exit, row_);
  AppendFollowUp(known.after_6_months, row_);
  AppendFollowUp(known.after_12_months, row_);
  absl::StrAppend(&row_, end_, recorded.Text(), time_);
  file_.Write(row_);
}

void Rows::Write(const Placed& placed) {
  Begin(placed);
  const Participation& whole = placed.participation;
  Participation known = whole;
  known.exit.reset();
  known.after_6_months.reset();
  known.after_12_months.reset();
  Day recorded = whole.entry_recorded;
  // What was recorded on the same day stands in one row.
  const auto reach = [&](Day next) {
    if (next != recorded) WriteKnown(known, recorded);
    recorded = next;
  };
  if (whole.recorded_at_exit) recorded = whole.exit->recorded;
  if (whole.exit.has_value()) reach(whole.exit->recorded);
  known.exit = whole.exit;
  if (whole.after_6_months.has_value()) reach(whole.after_6_months->recorded);
  known.after_6_months = whole.after_6_months;
  if (whole.after_12_months.has_value()) {
    reach(whole.after_12_months->recorded);
  }
  known.after_12_months = whole.after_12_months;
  WriteKnown(known, recorded);
}

// The courses of everybody who leaves together.
std::vector<Courses> MakeCourses(int64_t scale) {
  std::vector<int64_t> people(kLeavings, 0);
  for (const Batch& batch : Batches()) {
    people[static_cast<size_t>(batch.leaving)] += batch.people * scale;
  }
  std::vector<Courses> courses;
  for (size_t i = 0; i < kLeavings; ++i) {
    courses.emplace_back(people[i], OutlookOf(static_cast<Leaving>(i)));
  }
  return courses;
}

}  // namespace

absl::Status WriteParticipants(const std::string& path,
                               const std::vector<Forbund>& landscape,
                               int64_t scale, Chance& chance) {
  CsvFile file(path, kHeader);
  Rows rows(file, chance);
  Placer placer(landscape, chance);
  std::vector<Courses> courses = MakeCourses(scale);
  for (const Batch& batch : Batches()) {
    placer.BeginBatch();
    Courses& leaving = courses[static_cast<size_t>(batch.leaving)];
    for (int64_t i = 0; i < batch.people * scale; ++i) {
      rows.Write(placer.Next(batch, leaving.Draw(chance)));
    }
  }
  return file.Close();
}

}  // namespace stegvis::demo
