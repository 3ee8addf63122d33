// For tests: an installation in which reports are sealed.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/handlers/count_handler.h"
#include "services/handlers/erasure_handler.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/sealed_report_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {

class SealedReportTest : public ::testing::Test {
 protected:
  ~SealedReportTest() override { facts_->Stop(); }

  // Somebody of the year 2020, ended if `exit` is a day.
  v1::Participation Register(int serial, const std::string& exit) {
    v1::RegisterParticipationRequest request;
    request.set_parent(installation_.Insats());
    *request.mutable_registration() = testing::ARegistrationMessage();
    request.mutable_registration()->mutable_person()->set_person_number(
        testing::ValidNumber(testing::On("1985-05-05"), serial)
            .Digits(testing::kKey));
    if (!exit.empty()) {
      *request.mutable_registration()->mutable_exit() =
          testing::AnExitMessage(exit);
    }
    const auto registered = installation_.Write<v1::Participation>(
        participations_, &ParticipationHandler::RegisterParticipation,
        samordnare_, request);
    EXPECT_THAT(registered, testing::IsOk());
    PassTime();
    return *registered;
  }

  v1::Participation End(const v1::Participation& participation,
                        const std::string& reason) {
    v1::EndParticipationRequest request;
    request.set_name(participation.name());
    request.set_etag(participation.etag());
    *request.mutable_exit() = testing::AnExitMessage("2020-10-01");
    request.mutable_exit()->set_end_reason(reason);
    const auto ended = installation_.Write<v1::Participation>(
        participations_, &ParticipationHandler::EndParticipation, samordnare_,
        request);
    EXPECT_THAT(ended, testing::IsOk());
    PassTime();
    return *ended;
  }

  void CorrectKommun(const v1::Participation& participation) {
    v1::CorrectParticipationRequest request;
    request.set_name(participation.name());
    request.set_etag(participation.etag());
    request.mutable_registration()->set_kommun("0180");
    request.mutable_update_mask()->add_paths("kommun");
    request.set_reason(installation_.Codes()
                           .Codes(domain::CodeList::kCorrectionReason)
                           .front()
                           .code);
    EXPECT_THAT(
        installation_.Write<v1::Participation>(
            participations_, &ParticipationHandler::CorrectParticipation,
            samordnare_, request),
        testing::IsOk());
    PassTime();
  }

  void EraseSomebody(const v1::Participation& participation) {
    v1::WithdrawConsentRequest request;
    request.set_name(participation.name());
    EXPECT_THAT(
        installation_.Write<v1::Erasure>(
            ErasureHandler(installation_.Codes(), installation_.GetClock()),
            &ErasureHandler::WithdrawConsent, samordnare_, request),
        testing::IsOk());
    PassTime();
  }

  void SetAnonymous(int women) {
    v1::SetCountRequest request;
    request.set_parent(installation_.Insats());
    request.mutable_count()->set_kind(v1::COUNT_KIND_ANONYMOUS);
    request.mutable_count()->set_year(2020);
    request.mutable_count()->set_women(women);
    request.mutable_count()->set_men(0);
    EXPECT_THAT(
        installation_.Write<v1::Count>(
            CountHandler(installation_.Codes(), installation_.GetClock()),
            &CountHandler::SetCount, admin_, request),
        testing::IsOk());
    PassTime();
  }

  absl::StatusOr<v1::SealReportResponse> Seal(int year = 2020) {
    v1::SealReportRequest request;
    request.set_forbund(installation_.Forbund());
    request.set_year(year);
    auto sealed = installation_.Write<v1::SealReportResponse>(
        handler_, &SealedReportHandler::SealReport, admin_, request);
    PassTime();
    return sealed;
  }

  absl::StatusOr<v1::PreviewSealedReportResponse> Preview() {
    v1::PreviewSealedReportRequest request;
    request.set_forbund(installation_.Forbund());
    request.set_year(2020);
    return installation_.Read(
        handler_, &SealedReportHandler::PreviewSealedReport, admin_, request);
  }

  v1::CompareSealedReportsResponse Compare(const v1::SealedReport& later) {
    v1::CompareSealedReportsRequest request;
    request.set_name(later.name());
    const auto compared = installation_.Read(
        handler_, &SealedReportHandler::CompareSealedReports, admin_, request);
    EXPECT_THAT(compared, testing::IsOk());
    return compared.value_or(v1::CompareSealedReportsResponse());
  }

  v1::RecomputeSealedReportResponse Recompute(const v1::SealedReport& report) {
    v1::RecomputeSealedReportRequest request;
    request.set_name(report.name());
    const auto recomputed = installation_.Read(
        handler_, &SealedReportHandler::RecomputeSealedReport, admin_, request);
    EXPECT_THAT(recomputed, testing::IsOk());
    return recomputed.value_or(v1::RecomputeSealedReportResponse());
  }

  v1::GetSigningKeysResponse Keys() {
    v1::GetSigningKeysRequest request;
    request.set_forbund(installation_.Forbund());
    return *installation_.Read(handler_, &SealedReportHandler::GetSigningKeys,
                               admin_, request);
  }

  void PassTime() { installation_.GetClock().Advance(absl::Minutes(1)); }

  static std::map<int, int> EventsOf(
      const v1::CompareSealedReportsResponse& compared) {
    std::map<int, int> events;
    for (const v1::EventCount& event : compared.events()) {
      events[event.kind()] = event.count();
    }
    return events;
  }

  // The change of a total of the whole report, as `10→11`; empty without one.
  template <typename Cells>
  static std::string Change(const Cells& cells, const std::string& measure) {
    for (const v1::CellChange& cell : cells) {
      if (cell.block() == "participants" && cell.dimension().empty() &&
          cell.measure() == measure && cell.column() == "total") {
        return absl::StrCat(cell.before(), "→", cell.after());
      }
    }
    return "";
  }

  testing::TestInstallation installation_;
  std::unique_ptr<outcome::FactFeed> facts_ =
      *outcome::FactFeed::Start(installation_.GetStore());
  const SealedReportHandler handler_{installation_.Codes(),
                                     installation_.GetClock(), *facts_};
  const ParticipationHandler participations_{installation_.Codes(),
                                             installation_.GetClock()};
  const access::Caller samordnare_ =
      testing::CallerWith("sam", domain::Role::kSamordnare);
  const access::Caller admin_ = testing::CallerWith(
      "adm", domain::Role::kForbundAdmin, installation_.Forbund());
};

}  // namespace stegvis::handlers
