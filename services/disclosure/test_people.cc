#include "services/disclosure/test_people.h"

#include <vector>

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;
using outcome::World;

OutcomeReport ReportOf(const World& world, const std::vector<size_t>& forbund,
                       Level level) {
  outcome::ReportRequest request = outcome::YearRequest(2020);
  request.forbund.clear();
  for (const size_t number : forbund) {
    request.forbund.push_back(world.Forbund()[number].id);
  }
  request.breakdowns = StandardBreakdowns(level);
  return world.Report(request);
}

}  // namespace

domain::Situation SituationWith(const std::string& source, int hours) {
  domain::Situation situation = testing::SupportedBy(source);
  situation.work = *domain::HalfHours::FromHours(hours);
  situation.seeking = hours == 0;
  return situation;
}

testing::ARegistration OneOfMany(int number, int every_with_sjukpenning) {
  const std::string birth = number % 4 == 0 ? "2000-02-29" : "1985-05-05";
  const auto of = [&](int every, const char* then, const char* otherwise) {
    return std::string(number % every == 0 ? then : otherwise);
  };
  domain::Exit exit = testing::ExitOn(testing::On("2020-06-01"),
                                      of(7, "sjukdom", "enligt_plan"));
  exit.situation = SituationWith(of(8, "ingen_offentlig", "forsorjningsstod"),
                                 number % 3 == 0 ? 20 : 0);
  testing::ARegistration registration;
  registration
      .Of(number % 2 == 0 ? outcome::Woman(number, birth)
                          : outcome::Man(number, birth))
      .Before(SituationWith(
          of(every_with_sjukpenning, "sjukpenning", "forsorjningsstod"), 0))
      .Educated(of(3, "grundskola", "gymnasium"))
      .ReferredBy(of(5, "region", "kommun"))
      .MonthsOnSupport(number % 6 == 0 ? 3 : 13)
      .Exiting(exit);
  return registration;
}

void Fill(size_t forbund, int people, int every_with_sjukpenning,
          World& world) {
  const auto insats =
      testing::TestId<InsatsId>(static_cast<uint8_t>(forbund + 1));
  if (forbund != kFirst) {
    world.AddInsats(testing::AnInsats().WithId(insats).Build(), "2010-01-01",
                    forbund);
  }
  for (int number = 1; number <= people; ++number) {
    world.Register(OneOfMany(number, every_with_sjukpenning), "2021-07-01",
                   insats, forbund);
  }
}

World ThreeForbund(int in_first, int in_second, int in_third) {
  World world;
  world.AddForbund("Andra");
  world.AddForbund("Tredje");
  Fill(kFirst, 160, in_first, world);
  Fill(kSecond, 200, in_second, world);
  Fill(kThird, 240, in_third, world);
  return world;
}

OutcomeReport ReportOf(const World& world, size_t forbund) {
  return ReportOf(world, {forbund}, Level::kForbund);
}

OutcomeReport NationOf(const World& world) {
  std::vector<size_t> all;
  for (size_t i = 0; i < world.Forbund().size(); ++i) all.push_back(i);
  return ReportOf(world, all, Level::kNation);
}

CellId SjukpenningBefore(const ReleaseTable& table) {
  const Measures& measures = table.Measures();
  const size_t support = *measures.Find("sjukpenning", /*is_group=*/false);
  return table.Model().CellAt(table.Cells().whole.id,
                              SlotOf(measures.Before(support), Sex::kBoth));
}

}  // namespace stegvis::disclosure
