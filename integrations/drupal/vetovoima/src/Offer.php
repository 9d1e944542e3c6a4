<?php

namespace Drupal\vetovoima;

use Drupal\Component\Datetime\TimeInterface;
use Drupal\Component\Utility\Xss;
use Drupal\Core\Cache\CacheTagsInvalidatorInterface;
use Drupal\Core\Config\ConfigFactoryInterface;
use Drupal\Core\KeyValueStore\KeyValueFactoryInterface;
use Drupal\Core\KeyValueStore\KeyValueStoreInterface;
use Drupal\Core\Language\LanguageInterface;
use Drupal\Core\Language\LanguageManagerInterface;
use Drupal\Core\StringTranslation\StringTranslationTrait;
use Drupal\Core\StringTranslation\TranslationInterface;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;

/**
 * The offer behind an address: fetched, filtered, kept, and shown from the last good copy when the portal is away.
 */
class Offer {

  use StringTranslationTrait;

  /**
   * The languages that the portal speaks; whoever asks in another gets English.
   */
  public const LANGUAGES = ['fi', 'en', 'sv'];

  /**
   * The wishes that the portal's search understands; it refuses others, so they are not sent.
   */
  public const WISHES = [
    'mode', 'code', 'sector', 'kind', 'availability', 'q', 'sort', 'bbox', 'examples', 'limit', 'min_area', 'max_area', 'min_floor',
    'max_floor', 'min_power', 'power_year', 'min_voltage', 'min_water', 'max_price', 'min_investment',
    'max_investment', 'rail_km', 'port_km', 'airport_km', 'substation_km', 'near', 'radius', 'area', 'queue',
    'max_lead', 'flexible', 'redundant', 'firm', 'grid_confirmed', 'min_readiness', 'rail',
  ];

  /**
   * What a list of texts, links and pictures needs, and nothing that runs.
   */
  public const TAGS = [
    'a', 'section', 'article', 'header', 'footer', 'nav', 'div', 'span', 'h2', 'h3', 'h4', 'h5', 'p', 'br', 'ul', 'ol',
    'li', 'dl', 'dt', 'dd', 'strong', 'em', 'b', 'i', 'small', 'abbr', 'time', 'data', 'figure', 'figcaption', 'img',
    'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td',
    // The search is a form that leads to the portal, the map a drawing.
    'form', 'label', 'input', 'button', 'svg', 'path', 'circle', 'text',
  ];

  /**
   * The largest answer that is taken, in bytes.
   */
  private const MOST_BYTES = 524288;

  /**
   * How long a page waits for the portal, in seconds.
   */
  private const PATIENCE = 4;

  /**
   * How long nobody asks again after a failure: a portal that is away must not make every page slow.
   */
  private const REST = 60;

  /**
   * How old a copy may be that is still shown, in seconds: when it is older, the offer may be sold.
   */
  private const OLDEST = 1209600;

  /**
   * Copies that no page asked for in this time are let go of, in seconds.
   */
  private const FORGOTTEN = 2592000;

  public function __construct(
    private readonly ClientInterface $client,
    private readonly KeyValueFactoryInterface $stores,
    private readonly ConfigFactoryInterface $configs,
    private readonly LanguageManagerInterface $languages,
    private readonly TimeInterface $time,
    private readonly CacheTagsInvalidatorInterface $tags,
    TranslationInterface $translation,
  ) {
    $this->setStringTranslation($translation);
  }

  /**
   * This will return the language to ask in: the one that was chosen, else that of the page.
   */
  public function language(string $chosen): string {
    $found = in_array($chosen, self::LANGUAGES, TRUE) ? $chosen
      : substr($this->languages->getCurrentLanguage(LanguageInterface::TYPE_CONTENT)->getId(), 0, 2);
    return in_array($found, self::LANGUAGES, TRUE) ? $found : 'en';
  }

  /**
   * This will read wishes as they stand in the address of a search, keeping those that the portal knows.
   *
   * @return array<string, string>
   *   The wishes by name.
   */
  public static function wishes(string $text): array {
    parse_str(ltrim(trim($text), '?&'), $given);
    $known = array_intersect_key(array_filter($given, 'is_string'), array_flip(self::WISHES));
    return array_filter(array_map('trim', $known), static fn (string $value): bool => $value !== '');
  }

  /**
   * This will make the address of the offer, or nothing while the portal has not been said.
   */
  public function address(string $municipality, string $language, string $wishes): string {
    $settings = $this->configs->get('vetovoima.settings');
    $slug = $this->municipality($municipality);
    $portal = (string) $settings->get('address');
    if ($portal === '') {
      return '';
    }
    $query = ['lang' => $this->language($language)] + self::wishes($wishes);
    if ($channel = (string) $settings->get('channel')) {
      $query['channel'] = $channel;
    }
    ksort($query);
    $folder = $slug === '' ? '' : "$slug/";
    return "$portal/embed/{$folder}fragment.html?" . http_build_query($query, '', '&', PHP_QUERY_RFC3986);
  }

  /**
   * This will make the address of the page on the portal where a reader finds the offer in any case.
   */
  public function page(string $municipality, string $language): string {
    $portal = (string) $this->configs->get('vetovoima.settings')->get('address');
    $slug = $this->municipality($municipality);
    $page = $slug === '' ? 'sites' : "municipalities/$slug";
    return "$portal/{$this->language($language)}/$page/";
  }

  /**
   * This will return how many seconds a copy is fresh.
   */
  public function freshSeconds(): int {
    return 60 * max(1, min(60, (int) $this->configs->get('vetovoima.settings')->get('minutes')));
  }

  /**
   * This will return the offer behind an address.
   *
   * @return array{state: string, html: string, version: string, at: int, age: int, trouble: string}
   *   The state is fresh, kept (the portal did not answer: the last good copy) or none; `at` is when the portal last
   *   said that it is so, `age` that in seconds; `trouble` is a sentence for editors.
   */
  public function read(string $url): array {
    $kept = $this->kept($url);
    $now = $this->time->getCurrentTime();
    if ($now - $kept['asked_for'] > 3600) {
      $kept['asked_for'] = $now;
      $this->store()->set(self::key($url), $kept);
    }
    if ($kept['html'] !== '' && $now - $kept['at'] < $this->freshSeconds()) {
      return $this->answer('fresh', $kept);
    }
    if ($now < $kept['rest_until']) {
      return $this->lastGood($kept);
    }
    return $this->refresh($url);
  }

  /**
   * This will ask the portal anew and keep what it says.
   *
   * @return array{state: string, html: string, version: string, at: int, age: int, trouble: string}
   *   As read() answers.
   */
  public function refresh(string $url): array {
    $kept = $this->kept($url);
    $now = $this->time->getCurrentTime();
    // Others who come while we ask are given the last copy.
    $this->store()->set(self::key($url), ['rest_until' => $now + self::REST] + $kept);
    $came = $this->fetch($url, $kept['html'] === '' ? '' : $kept['etag']);
    if ($came['trouble'] !== '') {
      $kept = ['rest_until' => $now + self::REST, 'trouble' => $came['trouble']] + $kept;
      $kept = $came['gone'] ? ['html' => '', 'etag' => '', 'version' => ''] + $kept : $kept;
      $this->store()->set(self::key($url), $kept);
      return $this->lastGood($kept);
    }
    $before = $kept['html'];
    $kept = ['at' => $now, 'rest_until' => 0, 'trouble' => ''] + $kept;
    if (!$came['unchanged']) {
      $kept = $this->copyOf($came) + $kept;
    }
    $this->store()->set(self::key($url), $kept);
    if ($before !== $kept['html']) {
      $this->tags->invalidateTags([self::tag($url)]);
    }
    return $this->answer('fresh', $kept);
  }

  /**
   * This will refresh every copy that pages still ask for, and let go of the others.
   */
  public function refreshAll(): void {
    $now = $this->time->getCurrentTime();
    foreach ($this->store()->getAll() as $key => $kept) {
      if (!is_array($kept) || $now - ($kept['asked_for'] ?? 0) > self::FORGOTTEN) {
        $this->store()->delete($key);
      }
      elseif ($now >= $kept['rest_until'] && $now - $kept['at'] >= $this->freshSeconds()) {
        $this->refresh($kept['url']);
      }
    }
  }

  /**
   * This will name the cache tag of what stands behind an address.
   */
  public static function tag(string $url): string {
    return 'vetovoima:' . self::key($url);
  }

  /**
   * This will let through what Drupal's filter lets through of our tags.
   */
  public static function filtered(string $html): string {
    // The filter takes away the tags of a script and leaves its text, so the whole of it goes first.
    $html = (string) preg_replace('#<(script|style|template|noscript|iframe|object)\b.*?(</\1\s*>|$)#is', '', $html);
    return trim(Xss::filter($html, self::TAGS));
  }

  /**
   * Ask once, with a bound on time and size; redirects are not followed.
   *
   * @return array{html: string, etag: string, unchanged: bool, gone: bool, trouble: string}
   *   What came; trouble is a sentence when nothing did.
   */
  private function fetch(string $url, string $etag): array {
    $came = ['html' => '', 'etag' => '', 'unchanged' => FALSE, 'gone' => FALSE, 'trouble' => ''];
    $headers = ['Accept' => 'text/html', 'User-Agent' => 'Vetovoima-Drupal/1.0'];
    if ($etag !== '') {
      $headers['If-None-Match'] = $etag;
    }
    try {
      $answer = $this->client->request('GET', $url, [
        'headers' => $headers,
        'timeout' => self::PATIENCE,
        'connect_timeout' => 2,
        'read_timeout' => self::PATIENCE,
        'allow_redirects' => FALSE,
        'http_errors' => FALSE,
        'stream' => TRUE,
      ]);
      $body = $this->bounded($answer->getBody());
    }
    catch (GuzzleException | \RuntimeException $error) {
      $came['trouble'] = (string) $this->t('The portal could not be reached: @reason', ['@reason' => substr($error->getMessage(), 0, 200)]);
      return $came;
    }
    $status = $answer->getStatusCode();
    $is_offer = str_starts_with($answer->getHeaderLine('Content-Type'), 'text/html') && str_contains($body, 'vetovoima-');
    if ($status === 304 && $etag !== '') {
      $came['unchanged'] = TRUE;
    }
    elseif ($status === 200 && $is_offer && strlen($body) <= self::MOST_BYTES) {
      $came['html'] = $body;
      $came['etag'] = substr($answer->getHeaderLine('ETag'), 0, 200);
    }
    else {
      $came['gone'] = in_array($status, [404, 410], TRUE);
      $came['trouble'] = $this->trouble($status, $body);
    }
    return $came;
  }

  /**
   * Read no more than is taken, and no longer than a page may wait.
   */
  private function bounded($stream): string {
    $body = '';
    $until = microtime(TRUE) + self::PATIENCE;
    while (!$stream->eof() && strlen($body) <= self::MOST_BYTES) {
      $body .= $stream->read(16384);
      if (microtime(TRUE) > $until) {
        throw new \RuntimeException('the answer takes too long');
      }
    }
    $stream->close();
    return $body;
  }

  /**
   * Say in a sentence what is wrong; the portal's own reason is named when it gives one (RFC 9457).
   */
  private function trouble(int $status, string $body): string {
    if ($status === 200) {
      return (string) $this->t('What stands at this address is not an offer. Check the address of the portal.');
    }
    if ($status === 404 || $status === 410) {
      return (string) $this->t('The portal does not have this municipality. Check its name.');
    }
    $said = json_decode(substr($body, 0, 4000), TRUE);
    $detail = is_array($said) && is_string($said['detail'] ?? NULL) ? $said['detail'] : '';
    return trim((string) $this->t('The portal answered @status. @detail', ['@status' => $status, '@detail' => $detail]));
  }

  /**
   * The copy that is kept of what came.
   */
  private function copyOf(array $came): array {
    $found = preg_match('/\bdata-vetovoima-version="([^"]{1,80})"/', $came['html'], $match);
    return [
      'html' => self::filtered($came['html']),
      'etag' => $came['etag'],
      'version' => $found ? $match[1] : '',
    ];
  }

  /**
   * The last good copy, unless there is none or it is too old to be true.
   */
  private function lastGood(array $kept): array {
    $is_usable = $kept['html'] !== '' && $this->time->getCurrentTime() - $kept['at'] <= self::OLDEST;
    return $this->answer($is_usable ? 'kept' : 'none', $kept);
  }

  /**
   * An answer in its one form.
   */
  private function answer(string $state, array $kept): array {
    return [
      'state' => $state,
      'html' => $state === 'none' ? '' : $kept['html'],
      'version' => $state === 'none' ? '' : $kept['version'],
      'at' => $kept['at'],
      'age' => $this->time->getCurrentTime() - $kept['at'],
      'trouble' => $state === 'fresh' ? '' : $kept['trouble'],
    ];
  }

  /**
   * What is kept for an address, with what holds before anything is.
   */
  private function kept(string $url): array {
    $kept = $this->store()->get(self::key($url));
    return (is_array($kept) ? $kept : []) + [
      'url' => $url,
      'html' => '',
      'etag' => '',
      'version' => '',
      'at' => 0,
      'rest_until' => 0,
      'asked_for' => 0,
      'trouble' => '',
    ];
  }

  /**
   * The municipality that was asked for, else that of the settings; nothing is the whole region.
   */
  private function municipality(string $said): string {
    $slug = strtolower(trim($said)) ?: (string) $this->configs->get('vetovoima.settings')->get('municipality');
    return preg_match('/^[a-z0-9-]{1,60}$/', $slug) ? $slug : '';
  }

  /**
   * Where copies are kept: a cache may be emptied at any time, the last good copy must not be.
   */
  private function store(): KeyValueStoreInterface {
    return $this->stores->get('vetovoima.copies');
  }

  /**
   * The key of an address.
   */
  private static function key(string $url): string {
    return md5($url);
  }

}
