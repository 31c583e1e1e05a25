#pragma once // caught
std::atomic<std::shared_ptr<int>> shared; // caught
