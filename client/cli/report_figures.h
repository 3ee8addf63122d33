// What a report says in one place: a number, or why there is none.
//
// Every form of the report shows these; none reads an absent count as 0.
#pragma once

#include <initializer_list>
#include <string>

#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

inline constexpr char kUnknownSign[] = "\u2013";  // En dash.
inline constexpr char kWithheldSign[] = "..";
inline constexpr char kTooFewText[] = "för få för att säga";

// The least number of people of whom a share is said, unless --least-base says
// another.
inline constexpr int kLeastBase = 10;

struct Figure {
  enum class State {
    kKnown,
    kUnknown,   // Nobody knows, or there is nothing to divide by.
    kWithheld,  // Known, but not told, to protect people.
    kTooFew,    // A share of so few that it says nothing.
  };
  State state = State::kUnknown;
  double value = 0;

  bool Known() const { return state == State::kKnown; }
};

Figure TotalOf(const v1::PeopleCount& count);
Figure WomenOf(const v1::PeopleCount& count);
Figure MenOf(const v1::PeopleCount& count);

// A number worked out of `counts`: withheld when it is absent and one of their
// totals is withheld.
Figure Derived(bool has, double value,
               std::initializer_list<const v1::PeopleCount*> counts);

// part ÷ whole of the totals.
Figure ShareOf(const v1::PeopleCount& part, const v1::PeopleCount& whole);

// Started ÷ registered; unknown where nobody without a person can be told
// apart.
Figure CoverageOf(const v1::Participants& people);

// A rough bound of a share of `after`, likewise.
Figure BoundOf(bool has, double value, const v1::PeopleCount& after,
               const v1::Participants& people);

// `share`, a share of `base`, unless that is less than `least`.
Figure UnlessTooFew(const Figure& share, const v1::PeopleCount& base,
                    int least);

// How a number is written.
enum class Shape {
  kText,
  kCount,          // 24 867
  kChange,         // +1 200
  kShare,          // 31,0 %
  kPercentChange,  // −16,0 %
  kPoints,         // +20,0
  kInterval,       // 28,5–33,6 %
};

// As people read it: a dash for what is unknown, `..` for what is withheld.
// `high` is the other end of an interval.
std::string FigureText(Shape shape, const Figure& figure,
                       const Figure& high = {});

// Only the base of such a block is told, as it is small.
bool IsBaseAlone(const v1::OutcomeReport& report);
bool IsBaseAlone(const v1::BreakdownRow& row);

// `report` with what a block holds besides its base named as withheld, in the
// rows that the whole report has: so it is told from what is unknown, and
// nowhere taken for 0.
v1::OutcomeReport WithWithheldNamed(v1::OutcomeReport report);

}  // namespace stegvis::cli
