#include "services/disclosure/test_people.h"

namespace stegvis::disclosure {

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

}  // namespace stegvis::disclosure
