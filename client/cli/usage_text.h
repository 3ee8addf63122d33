// The command line itself in Swedish: help and what is wrong with a call.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace stegvis::cli {

// Makes the help of `app` and of every command added later Swedish.
void UseSwedish(CLI::App& app);

// The command that was chosen, as far as parsing came.
const CLI::App& ChosenApp(const CLI::App& app);

// One line: what is wrong with the call, and where the help is.
std::string UsageText(const CLI::App& command, const CLI::ParseError& error);

}  // namespace stegvis::cli
