// For tests: an installation in which people left in 2020, to publish.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "services/base/day.h"
#include "services/handlers/kept_witnesses.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/publication_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {

inline constexpr char kNation[] = "forbund/-";

class PublicationTest : public ::testing::Test {
 protected:
  PublicationTest() {
    for (int serial = 1; serial <= 60; ++serial) Register(serial);
  }
  ~PublicationTest() override { facts_->Stop(); }

  // Somebody who left in 2020: not all alike, and some rare.
  void Register(int serial, const std::string& parent = "") {
    constexpr const char* kSources[] = {"forsorjningsstod", "sjukpenning",
                                        "aktivitetsstod",   "forsorjningsstod",
                                        "sjukpenning",      "ingen_offentlig"};
    v1::RegisterParticipationRequest request;
    request.set_parent(parent.empty() ? installation_.Insats() : parent);
    v1::Registration& registration = *request.mutable_registration();
    registration = testing::ARegistrationMessage();
    const Day born =
        Day::FirstOfYear(1960 + serial % 4 * 10).PlusDays(serial % 61);
    registration.mutable_person()->set_person_number(
        testing::ValidNumber(born, serial).Digits(testing::kKey));
    *registration.mutable_entry()->mutable_situation() =
        testing::ASituationMessage(kSources[serial % 6]);
    *registration.mutable_exit() = testing::AnExitMessage("2020-09-01");
    *registration.mutable_exit()->mutable_situation() =
        testing::ASituationMessage(kSources[serial % 13 % 6]);
    if (serial % 20 == 0) {
      *registration.mutable_entry()->mutable_situation() =
          testing::ASituationMessage("studiestod");
    }
    ASSERT_THAT(
        installation_.Write<v1::Participation>(
            ParticipationHandler(installation_.Codes(),
                                 installation_.GetClock()),
            &ParticipationHandler::RegisterParticipation, samordnare_, request),
        testing::IsOk());
  }

  // Another förbund, of so many people.
  std::string AddOther(int people = 600) {
    v1::Forbund other = testing::AForbundMessage();
    other.set_organization_number(testing::ValidOrganizationNumber(2).Text());
    other.set_display_name("Ett annat");
    std::string forbund = installation_.AddForbund(other);
    other_ =
        installation_.AddInsats(forbund, testing::AnInsatsMessage("En annan"));
    for (int serial = 201; serial <= 200 + people; ++serial) {
      Register(serial, other_);
    }
    return forbund;
  }

  // The last message of the answer, which is in last_ beside an error.
  absl::StatusOr<v1::PublishReleaseResponse> Publish(
      const access::Caller& caller, const std::string& parent,
      int year = 2020) {
    v1::PublishReleaseRequest request;
    request.set_parent(parent);
    request.set_year(year);
    last_ = {};
    const absl::Status status = handler_.PublishRelease(
        caller, request, [&](v1::PublishReleaseResponse response) {
          last_ = std::move(response);
          return absl::OkStatus();
        });
    if (!status.ok()) return status;
    return last_;
  }
  absl::StatusOr<v1::PublishReleaseResponse> Publish() {
    return Publish(admin_, installation_.Forbund());
  }

  v1::ReleaseProof ProofOf(const std::string& name) {
    v1::GetReleaseProofRequest request;
    request.set_name(name);
    const auto response = installation_.Read(
        handler_, &PublicationHandler::GetReleaseProof, admin_, request);
    v1::ReleaseProof proof;
    EXPECT_TRUE(response.ok() && proof.ParseFromString(response->payload()));
    return proof;
  }

  // What was found when the first release of 2020 was put beside others.
  disclosure::WitnessesByRelease KeptOf(ForbundId forbund) {
    const storage::SealedReportKey key{
        forbund, 2020, 1, absl::Time(), 0, storage::SealedKind::kRelease};
    disclosure::WitnessesByRelease kept;
    EXPECT_THAT(
        installation_.GetStore().Read(storage::AsOf::Now(),
                                      [&](storage::ReadTransaction& tx) {
                                        return AddKept(key, tx, kept);
                                      }),
        testing::IsOk());
    return kept;
  }

  testing::TestInstallation installation_;
  std::string other_;  // The insats of the other förbund.
  v1::PublishReleaseResponse last_;
  std::unique_ptr<outcome::FactFeed> facts_ =
      *outcome::FactFeed::Start(installation_.GetStore());
  const PublicationHandler handler_{installation_.GetStore(),
                                    installation_.GetClock(), *facts_};
  const access::Caller admin_ =
      testing::CallerWith("admin", domain::Role::kForbundAdmin);
  const access::Caller samordnare_ =
      testing::CallerWith("sam", domain::Role::kSamordnare);
};

}  // namespace stegvis::handlers
