<?php
// Three lines for a page in PHP: the offer, kept for five minutes, and the last good copy while the portal is away.
$offer = 'https://portal.example/embed/example-town/fragment.html?lang=fi&channel=abcd1234'; $copy = sys_get_temp_dir() . '/vetovoima-' . md5($offer) . '.html';
if (!is_file($copy) || time() - filemtime($copy) > 300) { $ask = stream_context_create(['http' => ['timeout' => 4, 'follow_location' => 0]]); $new = (string) @file_get_contents($offer, false, $ask, 0, 1000000); if (str_contains($new, '</section>')) { file_put_contents($copy, $new, LOCK_EX); } elseif (is_file($copy)) { touch($copy, time() - 240); } }
echo is_file($copy) ? file_get_contents($copy) : '<p><a href="https://portal.example/fi/municipalities/example-town/">Katso vapaat tontit ja toimitilat</a></p>';
