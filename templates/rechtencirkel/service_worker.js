"use strict";
self.onDevice = JSON.parse("{{ on_device|escapejs }}");
importScripts("{{ script|escapejs }}");
