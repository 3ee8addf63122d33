// Many clients at once: each answer is durable, and none is lost or doubled.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

constexpr int kClients = 64;
constexpr int kCallsEach = 10;

class ManyClients : public ServerTest {
 protected:
  // Registers people of the client's own, one after another.
  void RegisterAll(int client, const std::string& insats) {
    const Stubs samordnare = As("samordnare");
    for (int i = 0; i < kCallsEach; ++i) {
      v1::RegisterParticipationRequest request;
      request.set_parent(insats);
      *request.mutable_registration() =
          ARegistration(APersonNumber(client * kCallsEach + i), "2020-02-01");
      request.set_request_id(NewRequestId());
      v1::Participation made;
      const grpc::Status status =
          Call(*samordnare.participation,
               &v1::ParticipationService::Stub::RegisterParticipation, request,
               made);
      absl::MutexLock lock(&mutex_);
      if (status.ok()) {
        answered_.insert(made.name());
      } else {
        ADD_FAILURE() << status.error_message();
      }
    }
  }

  absl::Mutex mutex_;
  std::set<std::string> answered_;
};

TEST_F(ManyClients, LoseNothingThatWasAnsweredWhenThePowerGoes) {
  const v1::Insats insats = MakeInsats(MakeForbund().name(), "Steget");
  Grant("samordnare", v1::ROLE_SAMORDNARE, insats.name());

  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] { RegisterAll(client, insats.name()); });
  }
  for (std::thread& client : clients) client.join();
  Crash();
  Start();

  EXPECT_EQ(answered_.size(), size_t{kClients * kCallsEach});
  v1::ListParticipationsRequest request;
  request.set_parent(insats.name());
  request.set_page_size(500);
  std::set<std::string> stored;
  do {
    v1::ListParticipationsResponse page;
    ASSERT_TRUE(Call(*As("samordnare").participation,
                     &v1::ParticipationService::Stub::ListParticipations,
                     request, page)
                    .ok());
    for (const v1::Participation& one : page.participations()) {
      stored.insert(one.name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(stored, answered_);
}

TEST_F(ManyClients, ThatSendTheSameRequestGetOneAnswer) {
  v1::CreateForbundRequest request;
  request.mutable_forbund()->set_display_name("Norr");
  request.mutable_forbund()->set_organization_number("222000-0018");
  request.mutable_forbund()->set_start_date("2010-01-01");
  request.set_request_id(NewRequestId());
  std::vector<v1::Forbund> made(kClients);

  std::vector<std::thread> clients;
  for (v1::Forbund& answer : made) {
    clients.emplace_back([&] {
      EXPECT_TRUE(Call(*As("admin").forbund,
                       &v1::ForbundService::Stub::CreateForbund, request,
                       answer)
                      .ok());
    });
  }
  for (std::thread& client : clients) client.join();

  for (const v1::Forbund& answer : made) {
    EXPECT_EQ(answer.name(), made.front().name());
  }
}

}  // namespace
}  // namespace stegvis::testing
