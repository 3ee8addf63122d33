#include "services/outcome/random_world.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace stegvis::outcome {
namespace {

using domain::Count;
using domain::CountKind;
using domain::Situation;
using testing::ARegistration;
using testing::On;
using testing::TestId;

// Draws with a generator that the test has seeded.
class Draw {
 public:
  explicit Draw(std::mt19937& random) : random_(random) {}

  // From 0 to `below` − 1.
  int Below(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }
  bool OneIn(int times) { return Below(times) == 0; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[static_cast<size_t>(Below(static_cast<int>(values.size())))];
  }

 private:
  std::mt19937& random_;
};

// Borders of years, ends of months, and days around the leap day.
const std::vector<std::string>& Days() {
  static const auto* days = new std::vector<std::string>{
      "2019-12-31", "2020-01-01", "2020-02-29", "2020-03-01", "2020-06-15",
      "2020-08-29", "2020-08-30", "2020-08-31", "2020-12-31", "2021-01-01",
      "2021-02-28", "2021-03-01", "2021-08-31", "2021-12-31", "2022-01-01"};
  return *days;
}

const std::vector<std::string>& KnownDays() {
  static const auto* days = new std::vector<std::string>{
      "2020-01-02", "2020-09-01", "2021-02-28", "2021-03-01", "2021-09-01",
      "2022-02-28", "2022-03-01", "2022-08-31", "2023-01-01"};
  return *days;
}

Situation ASituation(Draw& draw) {
  Situation situation = testing::SupportedBy(draw.Of<std::string>(
      {"sjukpenning", "sjukersattning", "aktivitetsstod", "forsorjningsstod",
       "studiestod", "ingen_offentlig", "uppgift_saknas"}));
  if (draw.OneIn(2)) {
    situation = testing::SupportedBy("forsorjningsstod");
    situation.supports.push_back(
        {draw.Of<std::string>({"sjukpenning", "a_kassa", "studiestod"}), 50});
  }
  const std::vector<double> hours = {0, 0, 0.5, 20, 80};
  situation.work = *domain::HalfHours::FromHours(draw.Of(hours));
  situation.study = *domain::HalfHours::FromHours(draw.Of(hours));
  situation.seeking = draw.OneIn(2);
  return situation;
}

domain::Exit AnExit(Draw& draw, Day day) {
  domain::Exit exit = testing::ExitOn(
      day, draw.Of<std::string>({"enligt_plan", "enligt_plan", "sjukdom",
                                 "flytt", "avliden", "felregistrering"}));
  exit.situation = ASituation(draw);
  const bool optional =
      exit.end_reason == "avliden" || exit.end_reason == "felregistrering";
  if (optional && draw.OneIn(2)) exit.situation.reset();
  return exit;
}

ARegistration ARegistered(Draw& draw) {
  const std::string birth = draw.Of<std::string>(
      {"2001-01-01", "2000-02-29", "1985-05-05", "1960-12-31", "1955-01-01"});
  const int number = draw.Below(6) + 1;
  ARegistration registration;
  registration.Of(draw.OneIn(2) ? Woman(number, birth) : Man(number, birth))
      .Entering(On(draw.Of(Days())))
      .Before(ASituation(draw))
      .LivingIn(draw.Of<std::string>({"", "0180", "0181", "2584"}))
      .Educated(
          draw.Of<std::string>({"grundskola", "gymnasium", "uppgift_saknas"}))
      .ReferredBy(draw.Of<std::string>({"", "kommun", "region", "egen"}));
  if (!draw.OneIn(3)) {
    registration.MonthsOnSupport(draw.Of<int>({0, 1, 3, 4, 12, 13, 61, 500}));
  }
  const Day entry = registration.Build().entry.day;
  const Day exit = On(draw.Of(Days()));
  if (exit < entry || draw.OneIn(8)) return registration;
  registration.Exiting(AnExit(draw, exit));
  for (const domain::FollowUpMonths months : domain::kAllFollowUpMonths) {
    if (draw.OneIn(2)) continue;
    registration.FollowedUp(
        months, {exit.PlusMonths(domain::Months(months)), ASituation(draw)});
  }
  return registration;
}

InsatsId InsatsIn(size_t forbund, int number) {
  return TestId<InsatsId>(static_cast<uint8_t>(forbund * 10 + 1) +
                          static_cast<uint8_t>(number));
}

constexpr int kPersonalInsatser = 3;

void AddInsatser(World& world, Draw& draw, size_t forbund) {
  const auto titled = [&](int number, const std::string& title) {
    testing::AnInsats insats;
    insats.WithId(InsatsIn(forbund, number)).Titled(title);
    insats.For(draw.Of<std::vector<std::string>>(
        {{"langtidssjukskrivna"},
         {"ovriga", "nyanlanda"},
         {"nyanlanda", "langtidssjukskrivna", "nollplacerade"}}));
    return insats;
  };
  // In no order of titles, and one that had another title and focus before.
  world.AddInsats(titled(0, "Zenit").Build(), "2020-01-01", forbund);
  world.AddInsats(titled(1, "Ansats").Build(), "2020-06-01", forbund);
  world.AddInsats(titled(2, "Mitt").Focused("forberedande").Build(),
                  "2020-01-01", forbund);
  world.AddInsats(titled(3, "Grupp").ByVolume().Build(), "2020-01-01", forbund);
  world.AddInsats(titled(4, "Dialog").Structural().Build(), "2020-01-01",
                  forbund);
  world.AddInsats(titled(1, "Början").Focused("forebyggande").Build(),
                  "2021-03-01", forbund);
}

Count ACount(Draw& draw, size_t forbund) {
  const int insats = draw.Below(5);
  const int64_t women = draw.Below(4);
  const int64_t men = draw.Below(3);
  Count count{.insats = InsatsIn(forbund, insats),
              .kind = insats < kPersonalInsatser ? CountKind::kAnonymous
                                                 : CountKind::kVolume,
              .year = 2019 + draw.Below(4),
              .total = women + men,
              .women = women,
              .men = men};
  if (count.kind == CountKind::kVolume && draw.OneIn(4)) {
    count.women.reset();
    count.men.reset();
    count.total = draw.Below(9);
  }
  return count;
}

// Adds the versions of one participation, their moments in order.
void AddVersions(World& world, Draw& draw, size_t forbund) {
  std::vector<std::string> known;
  for (int i = draw.Below(3); i >= 0; --i)
    known.push_back(draw.Of(KnownDays()));
  std::sort(known.begin(), known.end());
  const ParticipationId id =
      world.Register(ARegistered(draw), known[0],
                     InsatsIn(forbund, draw.Below(kPersonalInsatser)), forbund);
  for (size_t i = 1; i < known.size(); ++i) {
    if (draw.OneIn(12)) {
      world.Spoil(id, known[i]);
    } else {
      world.Correct(id, ARegistered(draw), known[i]);
    }
  }
}

std::vector<Filter> AllFilters() {
  return {{Dimension::kSex, "women"},
          {Dimension::kSex, "men"},
          {Dimension::kAgeGroup, "16-19"},
          {Dimension::kAgeGroup, "30-39"},
          {Dimension::kEducation, "gymnasium"},
          {Dimension::kReferredBy, ""},
          {Dimension::kReferredBy, "kommun"},
          {Dimension::kKommun, "0180"},
          {Dimension::kKommun, ""},
          {Dimension::kInsats, "Zenit"},
          {Dimension::kInsats, "Grupp"},
          {Dimension::kFocus, "forberedande"},
          {Dimension::kFocus, "dialog"},
          {Dimension::kTargetGroup, "nyanlanda"},
          {Dimension::kTargetGroup, "nollplacerade"}};
}

}  // namespace

World RandomWorld(std::mt19937& random, int participations) {
  Draw draw(random);
  World world;
  world.MutableForbund()[0].insatser.clear();
  world.AddForbund("Norr");
  world.AddForbund("Väst");
  for (size_t i = 0; i < 3; ++i) AddInsatser(world, draw, i);
  for (int i = 0; i < participations; ++i) {
    AddVersions(world, draw, static_cast<size_t>(draw.Below(3)));
  }
  std::vector<std::string> known = KnownDays();
  for (const std::string& day : known) {
    for (int i = 0; i < 8; ++i) {
      const auto forbund = static_cast<size_t>(draw.Below(3));
      world.AddCount(ACount(draw, forbund), day, forbund);
    }
  }
  return world;
}

ReportRequest RandomRequest(std::mt19937& random) {
  Draw draw(random);
  ReportRequest request = YearRequest(2020 + draw.Below(2));
  if (draw.OneIn(3)) request.from = On(draw.Of(Days()));
  if (draw.OneIn(3)) request.to = On(draw.Of(Days()));
  if (request.to < request.from) std::swap(request.from, request.to);
  request.forbund.clear();
  const int first = draw.Below(3);
  for (int i = 0; i < 1 + draw.Below(3); ++i) {
    request.forbund.push_back(
        TestId<ForbundId>(static_cast<uint8_t>((first + i) % 3 + 1)));
  }
  for (int i = draw.Below(4); i > 0; --i) {
    request.filters.push_back(draw.Of(AllFilters()));
  }
  for (int i = 0; i < kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<Dimension>(i));
  }
  if (draw.OneIn(2)) request.excluded_end_reasons.push_back("sjukdom");
  if (draw.OneIn(4)) request.excluded_end_reasons.push_back("flytt");
  request.as_of = draw.OneIn(3) ? EndOfSwedishDay(On(draw.Of(KnownDays())))
                                : NoonOf(draw.Of(KnownDays()));
  return request;
}

}  // namespace stegvis::outcome
