#include "client/cli/import_participants.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/cli/reason_text.h"
#include "client/cli/row_names.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

enum Column : size_t {
  kForbund,
  kInsats,
  kPersonNumber,
  kProtected,
  kConsent,
  kKommun,
  kInDate,
  kInSupport,
  kInWork,
  kInStudy,
  kInSeeking,
  kEducation,
  kMonths,
  kReferredBy,
  kOutDate,
  kEndReason,
  kOutSupport,
  kOutWork,
  kOutStudy,
  kOutSeeking,
  kSixDate,
  kSixSupport,
  kSixWork,
  kSixStudy,
  kSixSeeking,
  kTwelveDate,
  kTwelveSupport,
  kTwelveWork,
  kTwelveStudy,
  kTwelveSeeking,
  kConsentReference,
  kName,
  kRegistered,
};

constexpr std::array<ColumnSpec, kRegistered + 1> kMigrated = {{
    {"forbund", true},
    {"insats", true},
    {"personnummer", true},
    {"skyddad"},
    {"samtycke", true},
    {"kommun"},
    {"in_datum", true},
    {"in_forsorjning", true},
    {"in_arbete"},
    {"in_studier"},
    {"in_arbetssokande"},
    {"utbildning"},
    {"manader_i_forsorjning"},
    {"remittent"},
    {"ut_datum"},
    {"avslutsanledning"},
    {"ut_forsorjning"},
    {"ut_arbete"},
    {"ut_studier"},
    {"ut_arbetssokande"},
    {"uppf6_datum"},
    {"uppf6_forsorjning"},
    {"uppf6_arbete"},
    {"uppf6_studier"},
    {"uppf6_arbetssokande"},
    {"uppf12_datum"},
    {"uppf12_forsorjning"},
    {"uppf12_arbete"},
    {"uppf12_studier"},
    {"uppf12_arbetssokande"},
    {"samtycke_ref"},
    {"namn"},
    {"registrerad", true},
}};

constexpr absl::Span<const ColumnSpec> kSpecs =
    absl::Span<const ColumnSpec>(kMigrated).first(kRegistered);

constexpr absl::string_view kFree[] = {kQuestionColumn, kExitQuestionColumn};

constexpr ColumnOfPath kPaths[] = {
    {"insats", "insats"},
    {"registration", "personnummer"},
    {"registration.person", "personnummer"},
    {"registration.person.display_name", "namn"},
    {"registration.person.protected_identity", "skyddad"},
    {"registration.consent", "samtycke"},
    {"registration.consent.reference", "samtycke_ref"},
    {"registration.kommun", "kommun"},
    {"registration.entry", "in_datum"},
    {"registration.entry.situation", "in_forsorjning"},
    {"registration.entry.situation.work_hours", "in_arbete"},
    {"registration.entry.situation.study_hours", "in_studier"},
    {"registration.entry.situation.seeking", "in_arbetssokande"},
    {"registration.entry.education", "utbildning"},
    {"registration.entry.months_on_support", "manader_i_forsorjning"},
    {"registration.entry.referring_party", "remittent"},
    {"registration.exit", "ut_datum"},
    {"registration.exit.end_reason", "avslutsanledning"},
    {"registration.exit.situation", "ut_forsorjning"},
    {"registration.exit.situation.work_hours", "ut_arbete"},
    {"registration.exit.situation.study_hours", "ut_studier"},
    {"registration.exit.situation.seeking", "ut_arbetssokande"},
    {"registered_time", "registrerad"},
};

constexpr absl::string_view kFollowUps = "registration.follow_ups";

constexpr ColumnOfPath kFollowUpPaths[] = {
    {kFollowUps, "datum"},
    {"registration.follow_ups.situation", "forsorjning"},
    {"registration.follow_ups.situation.work_hours", "arbete"},
    {"registration.follow_ups.situation.study_hours", "studier"},
    {"registration.follow_ups.situation.seeking", "arbetssokande"},
};

struct SituationColumns {
  size_t support, work, study, seeking;
};
constexpr SituationColumns kIn{kInSupport, kInWork, kInStudy, kInSeeking};
constexpr SituationColumns kOut{kOutSupport, kOutWork, kOutStudy, kOutSeeking};
constexpr SituationColumns kSix{kSixSupport, kSixWork, kSixStudy, kSixSeeking};
constexpr SituationColumns kTwelve{kTwelveSupport, kTwelveWork, kTwelveStudy,
                                   kTwelveSeeking};

bool HasAny(const RowCells& cells, const SituationColumns& columns) {
  return cells.Has(columns.support) || cells.Has(columns.work) ||
         cells.Has(columns.study) || cells.Has(columns.seeking);
}

void ReadSituation(RowCells& cells, const SituationColumns& columns,
                   v1::Situation& situation) {
  for (const absl::string_view part : cells.List(columns.support)) {
    v1::Support& support = *situation.add_supports();
    const size_t colon = part.find(':');
    support.set_source(std::string(part.substr(0, colon)));
    if (colon == absl::string_view::npos) continue;
    int32_t extent = 0;
    if (absl::SimpleAtoi(part.substr(colon + 1), &extent)) {
      support.set_extent_percent(extent);
    } else {
      cells.Refuse(columns.support, row_reasons::kExtentInvalid);
    }
  }
  // An empty cell says nothing: sent again it contradicts nothing.
  if (cells.Has(columns.work)) {
    situation.set_work_hours(cells.Hours(columns.work));
  }
  if (cells.Has(columns.study)) {
    situation.set_study_hours(cells.Hours(columns.study));
  }
  if (cells.Has(columns.seeking)) {
    situation.set_seeking(cells.YesNo(columns.seeking));
  }
}

void ReadPerson(RowCells& cells, v1::Registration& registration) {
  v1::PersonIdentity& person = *registration.mutable_person();
  person.set_person_number(std::string(cells.Text(kPersonNumber)));
  person.set_display_name(std::string(cells.Text(kName)));
  person.set_protected_identity(cells.YesNo(kProtected));
  registration.set_kommun(std::string(cells.Text(kKommun)));
  if (!cells.Has(kConsent) && !cells.Has(kConsentReference)) return;
  v1::Consent& consent = *registration.mutable_consent();
  consent.set_signed_date(std::string(cells.Text(kConsent)));
  consent.set_reference(std::string(cells.Text(kConsentReference)));
}

void ReadEntry(RowCells& cells, v1::Entry& entry) {
  entry.set_date(std::string(cells.Text(kInDate)));
  ReadSituation(cells, kIn, *entry.mutable_situation());
  entry.set_education(std::string(cells.Text(kEducation)));
  entry.set_referring_party(std::string(cells.Text(kReferredBy)));
  const std::optional<int64_t> months = cells.Number(kMonths);
  if (!months.has_value()) return;
  // The server knows the limit; what does not fit here lies beyond it.
  constexpr int64_t kBeyond = 1'000'000;
  entry.set_months_on_support(static_cast<int32_t>(std::min(*months, kBeyond)));
}

void ReadExit(RowCells& cells, v1::Registration& registration) {
  if (!cells.Has(kOutDate)) {
    cells.RefuseWithoutDate(
        {kEndReason, kOutSupport, kOutWork, kOutStudy, kOutSeeking});
    return;
  }
  v1::Exit& exit = *registration.mutable_exit();
  exit.set_date(std::string(cells.Text(kOutDate)));
  exit.set_end_reason(std::string(cells.Text(kEndReason)));
  if (HasAny(cells, kOut))
    ReadSituation(cells, kOut, *exit.mutable_situation());
}

void ReadFollowUp(RowCells& cells, int months, size_t date,
                  const SituationColumns& columns,
                  v1::Registration& registration, RowTrace& trace) {
  if (!cells.Has(date)) {
    cells.RefuseWithoutDate(
        {columns.support, columns.work, columns.study, columns.seeking});
    return;
  }
  v1::FollowUp& follow_up = *registration.add_follow_ups();
  follow_up.set_months(months);
  follow_up.set_date(std::string(cells.Text(date)));
  ReadSituation(cells, columns, *follow_up.mutable_situation());
  trace.follow_ups.emplace_back(kMigrated[date].name);
}

class Parser final : public ParticipationRowParser {
 public:
  Parser(Columns columns, Directory& directory)
      : columns_(std::move(columns)),
        directory_(directory),
        names_(directory) {}

  absl::Status Parse(const CsvRow& csv, v1::ParticipationRow& row,
                     RowFaults& faults, RowTrace& trace) override {
    RowCells cells(columns_, csv, faults);
    row.set_line(csv.line);
    ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                     names_.Forbund(cells, kForbund));
    ASSIGN_OR_RETURN(const v1::Insats* insats,
                     names_.Insats(cells, kInsats, forbund));
    if (insats != nullptr) row.set_insats(insats->name());
    v1::Registration& registration = *row.mutable_registration();
    ReadPerson(cells, registration);
    ReadEntry(cells, *registration.mutable_entry());
    ReadExit(cells, registration);
    ReadFollowUp(cells, 6, kSixDate, kSix, registration, trace);
    ReadFollowUp(cells, 12, kTwelveDate, kTwelve, registration, trace);
    if (columns_.Has(kRegistered)) {
      const auto moment = cells.Moment(kRegistered);
      if (moment.has_value()) *row.mutable_registered_time() = *moment;
    }
    return ReadAnswers(csv, forbund, registration, faults, trace);
  }

 private:
  using Questions = absl::flat_hash_map<std::string, const v1::Question*>;

  absl::Status ReadAnswers(const CsvRow& csv, const v1::Forbund* forbund,
                           v1::Registration& registration, RowFaults& faults,
                           RowTrace& trace);
  absl::StatusOr<const Questions*> QuestionsOf(const v1::Forbund& forbund);

  const Columns columns_;
  Directory& directory_;
  RowNames names_;
  absl::flat_hash_map<const v1::Forbund*, Questions> questions_;
};

absl::StatusOr<const Parser::Questions*> Parser::QuestionsOf(
    const v1::Forbund& forbund) {
  const auto found = questions_.find(&forbund);
  if (found != questions_.end()) return &found->second;
  ASSIGN_OR_RETURN(const std::vector<v1::Question>* all,
                   directory_.Questions(forbund.name()));
  Questions& questions = questions_[&forbund];
  for (const v1::Question& question : *all) {
    questions.emplace(Comparable(question.text()), &question);
  }
  return &questions;
}

absl::Status Parser::ReadAnswers(const CsvRow& csv, const v1::Forbund* forbund,
                                 v1::Registration& registration,
                                 RowFaults& faults, RowTrace& trace) {
  if (forbund == nullptr) return absl::OkStatus();
  for (const Columns::FreeColumn& column : columns_.Free()) {
    const absl::string_view value = Columns::Cell(csv, column);
    if (value.empty()) continue;
    ASSIGN_OR_RETURN(const Questions* questions, QuestionsOf(*forbund));
    const auto found = questions->find(Comparable(column.remainder));
    if (found == questions->end()) {
      faults.push_back({column.title, std::string(reasons::kQuestionUnknown)});
      continue;
    }
    const bool at_exit = kFree[column.kind] == kExitQuestionColumn ||
                         !found->second->asked_entry();
    if (at_exit && !registration.has_exit()) {
      faults.push_back({column.title, std::string(row_reasons::kWithoutDate)});
      continue;
    }
    v1::Answer& answer = at_exit ? *registration.mutable_exit()->add_answers()
                                 : *registration.mutable_entry()->add_answers();
    answer.set_question(found->second->name());
    answer.set_value(std::string(value));
    (at_exit ? trace.exit_answers : trace.entry_answers)
        .push_back(column.title);
  }
  return absl::OkStatus();
}

// The number in `part[N]` of `path`, or nothing.
std::optional<size_t> IndexIn(absl::string_view path, absl::string_view part) {
  const std::string opening = absl::StrCat(part, "[");
  const size_t start = path.find(opening);
  if (start == absl::string_view::npos) return std::nullopt;
  const absl::string_view rest = path.substr(start + opening.size());
  size_t index = 0;
  if (!absl::SimpleAtoi(rest.substr(0, rest.find(']')), &index)) {
    return std::nullopt;
  }
  return index;
}

}  // namespace

std::vector<absl::string_view> ParticipantColumns() { return NamesOf(kSpecs); }

absl::StatusOr<std::unique_ptr<ParticipationRowParser>> ParticipantParser(
    const std::vector<std::string>& header, bool migrate,
    Directory& directory) {
  const absl::Span<const ColumnSpec> specs =
      migrate ? absl::Span<const ColumnSpec>(kMigrated) : kSpecs;
  ASSIGN_OR_RETURN(Columns columns, Columns::Create(specs, kFree, header));
  return std::make_unique<Parser>(std::move(columns), directory);
}

std::string ParticipantColumn(const std::string& path, const RowTrace& trace) {
  if (const auto index = IndexIn(path, "entry.answers")) {
    if (*index < trace.entry_answers.size()) return trace.entry_answers[*index];
  }
  if (const auto index = IndexIn(path, "exit.answers")) {
    if (*index < trace.exit_answers.size()) return trace.exit_answers[*index];
  }
  // The server counts follow-ups by their months: `follow_ups[6]`.
  if (const auto months = IndexIn(path, "follow_ups")) {
    return absl::StrCat("uppf", *months, "_", ColumnFor(path, kFollowUpPaths));
  }
  // What is wrong with all of them is told at the first.
  if (path == kFollowUps && !trace.follow_ups.empty()) {
    return trace.follow_ups.front();
  }
  return ColumnFor(path, kPaths);
}

}  // namespace stegvis::cli
